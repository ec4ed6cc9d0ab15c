package org.partiflow.io;

/**
 * Something wrong with a file.
 *
 * @param file the file, as the caller named it
 * @param path the place in it, such as {@code nodes[0].nic.bandwidth} or {@code line 7}; empty for the file as a whole
 * @param message what is wrong with the value and what to do
 */
public record FileProblem(String file, String path, String message) {
    /** One line: file, path and message, separated by colons. */
    @Override
    public String toString() {
        return path.isEmpty() ? file + ": " + message : file + ": " + path + ": " + message;
    }
}
