package org.partiflow.fuzz;

import java.io.IOException;

/** What Jazzer calls; the name of the target is its only argument. */
public final class ReaderFuzzer {
    private static Target target = Target.CLUSTER;

    private ReaderFuzzer() {}

    /** Chooses the target. */
    public static void fuzzerInitialize(String[] arguments) {
        target = Target.named(arguments[0]);
    }

    /** Reads one input; whatever it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        target.read(data);
    }
}
