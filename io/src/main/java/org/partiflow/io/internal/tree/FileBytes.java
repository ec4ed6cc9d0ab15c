package org.partiflow.io.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of bounded size; what the file system refuses becomes a problem. Stateless. */
public final class FileBytes {
    private FileBytes() {}

    /** The content of a file of at most {@link TreeParser#MAX_BYTES}; empty when a problem was added. */
    public static Optional<byte[]> read(Path file, Problems problems) {
        try {
            if (!checkKind(file, TreeParser.MAX_BYTES, problems)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                // Special files report no size, so the limit must hold while reading as well.
                byte[] content = in.readNBytes(TreeParser.MAX_BYTES + 1);
                if (content.length > TreeParser.MAX_BYTES) {
                    problems.add("", tooLarge("", TreeParser.MAX_BYTES));
                    return Optional.empty();
                }
                return Optional.of(content);
            }
        } catch (IOException e) {
            problems.add("", reason(e));
            return Optional.empty();
        }
    }

    /** Whether the path is a file of at most {@code limit} bytes; adds a problem if not. */
    public static boolean checkKind(Path file, long limit, Problems problems) throws IOException {
        if (Files.isDirectory(file)) {
            problems.add("", "is a directory; give a file");
            return false;
        }
        long size = Files.size(file);
        if (size > limit) {
            problems.add("", tooLarge(" with " + (size >> 20) + " MiB", limit));
            return false;
        }
        return true;
    }

    /** Why a file cannot be read, in words. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file; check the path";
        }
        if (e instanceof AccessDeniedException) {
            return "may not be read; check its permissions";
        }
        return "cannot be read (" + e.getMessage() + "); check the path";
    }

    private static String tooLarge(String size, long limit) {
        return "is too large" + size + "; the limit is " + (limit >> 20) + " MiB";
    }
}
