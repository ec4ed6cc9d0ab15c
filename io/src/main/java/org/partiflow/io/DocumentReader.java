package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;

/**
 * Reads one kind of file, YAML or JSON, of at most 16 MiB. Implementations are stateless and thread-safe.
 *
 * @param <T> what the file describes
 */
public interface DocumentReader<T> {
    /**
     * Reads a file.
     *
     * @return the value, or everything that is wrong with the file
     */
    Validation<Seq<FileProblem>, Loaded<T>> read(Path file);

    /**
     * Reads the content of a file.
     *
     * @param fileName names the content in problems; an ending .json, .yaml or .yml tells the syntax
     * @param content the bytes, UTF-8
     * @return the value, or everything that is wrong with the content
     */
    Validation<Seq<FileProblem>, Loaded<T>> read(String fileName, byte[] content);

    /**
     * Reads a file.
     *
     * @throws InvalidFileException if anything is wrong with it; holds all problems
     */
    default Loaded<T> readOrThrow(Path file) {
        return Documents.orThrow(read(file));
    }
}
