package org.partiflow.io;

/**
 * A value and where it came from.
 *
 * @param value what was read
 * @param name name of the value, as plans and reports show it
 * @param sha256 digest of the bytes that were read, in lower-case hexadecimal; see {@link Digests}
 * @param <T> type of the value
 */
public record Loaded<T>(T value, String name, String sha256) {}
