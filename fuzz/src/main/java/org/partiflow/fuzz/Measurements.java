package org.partiflow.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.partiflow.costmodel.calibration.MeasuredTable;
import org.partiflow.costmodel.calibration.ProfileJson;
import org.partiflow.partitioning.metis.MetisFormatException;
import org.partiflow.partitioning.metis.MetisGraphReader;
import org.partiflow.profiler.RawProfileException;
import org.partiflow.profiler.RawProfileReader;

/** Graphs, profiles and tables. Stateless. */
final class Measurements {
    private Measurements() {}

    static void metis(byte[] data) throws IOException {
        try {
            MetisGraphReader.read(Complaints.FILE, new ByteArrayInputStream(data));
        } catch (MetisFormatException e) {
            Complaints.requireMessage(e.getMessage());
        }
    }

    static void profile(byte[] data) {
        named(() -> ProfileJson.write(ProfileJson.read(Complaints.FILE, text(data))));
    }

    static void table(byte[] data) {
        named(() -> MeasuredTable.parse(Complaints.FILE, text(data).lines().toList())
                .rows());
    }

    static void rawProfile(byte[] data) {
        try {
            new RawProfileReader().read(text(data));
        } catch (RawProfileException e) {
            Complaints.requireMessage(e.getMessage());
        }
    }

    /** These readers complain with an IllegalArgumentException that begins with the file's name; others are mistakes. */
    private static void named(Runnable reader) {
        try {
            reader.run();
        } catch (IllegalArgumentException e) {
            Complaints.requireMessage(e.getMessage());
            if (!String.valueOf(e.getMessage()).startsWith(Complaints.FILE + ": ")) {
                throw new AssertionError("the message does not name the file", e);
            }
        }
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }
}
