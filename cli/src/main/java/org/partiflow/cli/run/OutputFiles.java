package org.partiflow.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.partiflow.io.OutputException;

/** Finds out before any work whether the files that it will write can be written. Stateless. */
public final class OutputFiles {
    private OutputFiles() {}

    /**
     * Checks that every output can be written, that no two are the same and that none is an input.
     *
     * @throws OutputException naming the first that cannot be used; nothing has been written then
     */
    public static void require(List<Path> outputs, List<Path> inputs) {
        List<Path> sources = inputs.stream().map(OutputFiles::absolute).toList();
        for (int i = 0; i < outputs.size(); i++) {
            Path output = outputs.get(i);
            if (outputs.subList(0, i).stream().map(OutputFiles::absolute).anyMatch(absolute(output)::equals)) {
                throw new OutputException("two outputs name the same file '" + output + "'", null);
            }
            if (sources.contains(absolute(output))) {
                throw new OutputException("'" + output + "' is an input and would be overwritten", null);
            }
            require(output);
        }
    }

    private static void require(Path output) {
        if (Files.isDirectory(output)) {
            throw new OutputException("cannot write '" + output + "': it is a directory; give a file", null);
        }
        if (Files.exists(output) && !Files.isRegularFile(output)) {
            return;
        }
        Path target = resolveLink(absolute(output));
        Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new OutputException(
                    "cannot write '" + output + "': its directory does not exist; create it first", null);
        }
        try {
            Files.delete(Files.createTempFile(directory, ".partiflow", ".tmp"));
        } catch (IOException e) {
            throw new OutputException(
                    "cannot write '" + output + "': its directory is not writable; choose another place", e);
        }
    }

    private static Path resolveLink(Path output) {
        try {
            return Files.exists(output) ? output.toRealPath() : output;
        } catch (IOException e) {
            throw new OutputException("cannot write '" + output + "': " + e.getMessage(), e);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
