package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.internal.plan.JointPlanParser;
import org.partiflow.io.internal.plan.PlanParser;
import org.partiflow.io.internal.tree.FieldReader;

/**
 * Reads {@code joint-plan/1}, and {@code plan/1} as the joint plan of one model. It checks the form only: whether the plan is
 * valid is for the checker. The value is named after the file. Stateless and thread-safe.
 */
public final class JointPlanReader implements DocumentReader<JointPlan> {
    /** Makes a reader. */
    public JointPlanReader() {}

    @Override
    public Validation<Seq<FileProblem>, Loaded<JointPlan>> read(Path file) {
        return Documents.read(file, content -> read(file.toString(), content));
    }

    @Override
    public Validation<Seq<FileProblem>, Loaded<JointPlan>> read(String fileName, byte[] content) {
        return Documents.parse(fileName, content, (root, problems) -> parse(root))
                .map(plan -> new Loaded<>(plan, fileName, Digests.sha256(content)));
    }

    private static @org.jspecify.annotations.Nullable JointPlan parse(FieldReader root) {
        if (!root.text("partiflow", "").equals(PlanParser.FORMAT)) {
            return JointPlanParser.parse(root);
        }
        ServingPlan plan = PlanParser.parse(root);
        if (plan == null) {
            return null;
        }
        double bound = plan.certificate().upperBoundRequestsPerSecond();
        double rate = plan.throughput().requestsPerSecond();
        // What a single plan should serve is not in its file: measured by itself.
        double unit = rate > 0 ? rate : 1;
        return new JointPlan(
                java.util.List.of(new JointPlan.Part(unit, plan)),
                rate / unit,
                new JointPlan.Certificate(
                        bound / unit,
                        plan.certificate().gap(),
                        plan.certificate().covers()),
                plan.termination());
    }
}
