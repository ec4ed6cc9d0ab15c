package org.partiflow.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files whole or not at all: to a temporary file in the same directory, which then takes the place of the old
 * one. Stateless; concurrent writers of one path each leave a whole file, the last one stays.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    /**
     * Writes {@code content} to {@code file}, replacing what was there. A symbolic link stays and its target is
     * replaced; something that is no regular file (a pipe, a device) is written to directly.
     *
     * @throws OutputException if it cannot be written; the old file is then untouched
     */
    public static void write(Path file, byte[] content) {
        try {
            if (Files.isDirectory(file)) {
                throw new OutputException("cannot write '" + file + "': it is a directory; give a file", null);
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, content);
                return;
            }
            replace(
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file) ? file.toRealPath() : file,
                    content);
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + reason(e), e);
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            move(temporary, absolute);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // Some network file systems; a plain replacing move is the best they offer.
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its directory does not exist; create it first";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied; choose another place";
        }
        return e.getMessage() + "; choose another place";
    }
}
