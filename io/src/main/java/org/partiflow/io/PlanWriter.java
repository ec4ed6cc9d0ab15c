package org.partiflow.io;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.internal.plan.ExplanationTree;
import org.partiflow.io.internal.plan.PlanTree;
import org.partiflow.io.internal.text.JsonText;

/**
 * Writes {@code plan/1}: JSON with keys in the order of the format, numbers of 12 significant digits, line feeds. The
 * same plan gives the same bytes on every JVM and in every locale. Stateless and thread-safe.
 */
public final class PlanWriter {
    /** Makes a writer. */
    public PlanWriter() {}

    /**
     * The content of the file, UTF-8.
     *
     * @throws IllegalArgumentException if a number of the plan is not finite
     */
    public byte[] toBytes(ServingPlan plan) {
        return JsonText.json(PlanTree.of(plan));
    }

    /**
     * The plan with one more field, {@code explanation}, at its end. Readers of plans pass over it.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    public byte[] toBytes(ServingPlan plan, Explanation explanation) {
        ObjectNode tree = PlanTree.of(plan);
        tree.set("explanation", ExplanationTree.of(explanation));
        return JsonText.json(tree);
    }

    /**
     * Writes the file, replacing an old one atomically.
     *
     * @throws OutputException if the file cannot be written
     * @throws IllegalArgumentException if a number of the plan is not finite
     */
    public void write(ServingPlan plan, Path file) {
        AtomicFiles.write(file, toBytes(plan));
    }
}
