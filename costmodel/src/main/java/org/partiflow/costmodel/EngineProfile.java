package org.partiflow.costmodel;

/**
 * The software overheads of one engine, and what they rest on. Immutable.
 *
 * @param name stable lower-case name
 * @param overheads its fixed times
 * @param source measurements that they come from, or that there are none
 * @param validity versions, hardware and loads that they hold for
 */
public record EngineProfile(String name, EngineOverheads overheads, String source, String validity) {
    /** Rejects a profile that does not say where it comes from. */
    public EngineProfile {
        if (name.isBlank() || source.isBlank() || validity.isBlank()) {
            throw new IllegalArgumentException("an engine profile needs a name, a source and a validity, got '" + name
                    + "', '" + source + "', '" + validity + "'");
        }
    }
}
