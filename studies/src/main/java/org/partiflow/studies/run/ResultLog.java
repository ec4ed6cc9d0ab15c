package org.partiflow.studies.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.partiflow.io.OutputException;
import org.partiflow.studies.cell.CellResult;

/**
 * Appends results to a log, one line each, written whole at once: a process that is killed loses no line that was
 * appended. The file is forced to the disk every {@value #LINES_PER_FORCE} lines and at the end, so that a machine that
 * loses power loses no more. Thread-safe.
 */
final class ResultLog implements AutoCloseable {
    private static final int LINES_PER_FORCE = 64;

    private final Path file;
    private final FileChannel channel;
    private int unforced;

    private ResultLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** An empty log with its header; what was there is gone. */
    static ResultLog create(Path file, LogHeader header) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            ResultLog log = new ResultLog(file, channel);
            log.write(LogCodec.header(header));
            return log;
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    /** Goes on after the last whole line; what follows it, cut off by a crash, is dropped. */
    static ResultLog resume(Path file, long wholeBytes) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.truncate(wholeBytes);
            channel.position(wholeBytes);
            return new ResultLog(file, channel);
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    /** Appends a result. */
    synchronized void append(CellResult result) {
        write(LogCodec.result(result));
    }

    private void write(String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (++unforced >= LINES_PER_FORCE) {
                channel.force(false);
                unforced = 0;
            }
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    /** A reader of a log. */
    static BufferedReader reader(Path file) {
        try {
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OutputException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }
}
