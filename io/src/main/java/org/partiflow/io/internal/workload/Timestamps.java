package org.partiflow.io.internal.workload;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Parses dates with times of day as in {@code 2023-11-16 18:15:46.6805900}, with or without an offset. Stateless. */
final class Timestamps {
    private Timestamps() {}

    /**
     * The instant.
     *
     * @throws DateTimeException if the text is no date and time
     */
    static java.time.Instant parse(String text) {
        String iso = text.strip().replace(' ', 'T');
        return iso.matches(".*T.*(Z|[+-][0-9:]+)")
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
