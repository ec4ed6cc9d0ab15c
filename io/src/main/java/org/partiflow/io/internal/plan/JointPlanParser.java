package org.partiflow.io.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Header;

/** Reads {@code joint-plan/1}. It checks the form only; whether the plan is valid is for the checker. Stateless. */
public final class JointPlanParser {
    /** The format's name and version. */
    public static final String FORMAT = "joint-plan/1";

    private static final double MAX = Double.MAX_VALUE;

    private JointPlanParser() {}

    /** Reads the file; null when problems were added. */
    public static @Nullable JointPlan parse(FieldReader root) {
        if (!Header.check(root, FORMAT)) {
            return null;
        }
        double share = root.number("servedShare", 0, MAX);
        FieldReader fields = root.object("certificate");
        double bound = fields.number("upperBoundServedShare", 0, MAX);
        double gap = fields.number("gap", -MAX, MAX);
        String covers = fields.text("covers");
        fields.rejectUnknown();
        List<JointPlan.Part> parts = new ArrayList<>();
        List<FieldReader> objects = root.requiredObjects("parts");
        if (objects.isEmpty()) {
            root.problem("parts", "has no part; give one for each model");
        }
        for (FieldReader object : objects) {
            JointPlan.Part part = part(object);
            if (part != null) {
                parts.add(part);
            }
        }
        Supplier<ServingPlan.Termination> termination = PlanParser.termination(root.object("termination"));
        return root.build(
                () -> new JointPlan(parts, share, new JointPlan.Certificate(bound, gap, covers), termination.get()));
    }

    private static JointPlan.@Nullable Part part(FieldReader fields) {
        double required = fields.number("requiredRequestsPerSecond", Double.MIN_NORMAL, MAX);
        fields.number("servedShare", 0, MAX);
        ServingPlan plan = PlanParser.parse(fields.object("plan"));
        if (plan == null) {
            fields.rejectUnknown();
            return null;
        }
        return fields.build(() -> new JointPlan.Part(required, plan));
    }
}
