package org.partiflow.io;

import org.partiflow.api.joint.JointPlan;
import org.partiflow.io.internal.plan.JointPlanTree;
import org.partiflow.io.internal.text.JsonText;

/**
 * Writes {@code joint-plan/1}: the parts are whole {@code plan/1} documents. The same plan gives the same bytes on every JVM and
 * in every locale. Stateless and thread-safe.
 */
public final class JointPlanWriter {
    /** Makes a writer. */
    public JointPlanWriter() {}

    /**
     * The content of the file, UTF-8.
     *
     * @throws IllegalArgumentException if a number of the plan is not finite
     */
    public byte[] toBytes(JointPlan plan) {
        return JsonText.json(JointPlanTree.of(plan));
    }
}
