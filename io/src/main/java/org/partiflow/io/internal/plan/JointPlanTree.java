package org.partiflow.io.internal.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.partiflow.api.joint.JointPlan;

/** A plan for several models as a tree, keys in the order of the format. Stateless. */
public final class JointPlanTree {
    private JointPlanTree() {}

    /** The whole plan. */
    public static ObjectNode of(JointPlan plan) {
        NumberFields root = new NumberFields("joint plan");
        root.node().put("partiflow", JointPlanParser.FORMAT);
        root.put("servedShare", plan.servedShare());
        NumberFields certificate = new NumberFields("certificate");
        certificate.put("upperBoundServedShare", plan.certificate().upperBoundServedShare());
        certificate.put("gap", plan.certificate().gap());
        certificate.node().put("covers", plan.certificate().covers());
        root.node().set("certificate", certificate.node());
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        for (JointPlan.Part part : plan.parts()) {
            NumberFields fields = new NumberFields("part " + parts.size());
            fields.put("requiredRequestsPerSecond", part.requiredRequestsPerSecond());
            fields.put("servedShare", part.servedShare());
            fields.node().set("plan", PlanTree.of(part.plan()));
            parts.add(fields.node());
        }
        root.node().set("parts", parts);
        root.node().set("termination", PlanTree.termination(plan.termination()));
        return root.node();
    }
}
