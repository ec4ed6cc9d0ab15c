package org.partiflow.io.internal.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.unit.Dimension;
import org.partiflow.io.Faults;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Header;
import org.partiflow.io.internal.tree.Sign;

/** Reads {@code faults/1}. Stateless. */
public final class FaultsParser {
    /** The format's name and version. */
    public static final String FORMAT = "faults/1";

    private static final double LONGEST_SECONDS = 1e9;

    private FaultsParser() {}

    /** Reads the file; null when problems were added. */
    public static @Nullable Faults parse(FieldReader root) {
        if (!Header.check(root, FORMAT)) {
            return null;
        }
        List<Faults.Fault> faults = new ArrayList<>();
        for (FieldReader fields : root.requiredObjects("faults")) {
            Faults.Fault fault = fault(fields);
            if (fault != null) {
                faults.add(fault);
            }
        }
        return root.build(() -> new Faults(faults));
    }

    private static Faults.@Nullable Fault fault(FieldReader fields) {
        String target = fields.text("target");
        double from = fields.quantity("at", Dimension.TIME, Sign.NOT_NEGATIVE, LONGEST_SECONDS);
        Optional<Double> length = fields.findQuantity("for", Dimension.TIME, Sign.POSITIVE, LONGEST_SECONDS);
        double until = length.map(seconds -> from + seconds).orElse(Double.POSITIVE_INFINITY);
        double speed = fields.findNumber("speed", 0, Math.nextDown(1.0)).orElse(0.0);
        return fields.build(() -> new Faults.Fault(target, from, until, speed));
    }
}
