package org.partiflow.io.internal.tree;

/**
 * Something wrong in a file.
 *
 * @param file the file, as the user named it
 * @param path the place in it; empty for the file as a whole
 * @param message what is wrong and what to do
 */
public record Problem(String file, String path, String message) {}
