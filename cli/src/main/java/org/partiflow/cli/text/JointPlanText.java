package org.partiflow.cli.text;

import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.studies.words.JointPlanWords;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.PlanWords;

/** A plan for several models as text. Stateless. */
public final class JointPlanText {
    private JointPlanText() {}

    /** What each model gets and serves, the certificate, and the plan of every model. */
    public static String of(List<PlanningProblem> problems, JointPlan plan) {
        String title =
                problems.size() + " models on " + problems.get(0).cluster().name() + " ("
                        + Numbers.count(problems.get(0).cluster().gpuCount()) + " GPUs)\n\n";
        TextTable table = new TextTable(
                "<<>>>><", "MODEL", "WORKLOAD", "GPUS", "REQUIRED req/s", "SERVED req/s", "SHARE", "BOTTLENECK");
        for (int t = 0; t < problems.size(); t++) {
            JointPlan.Part part = plan.parts().get(t);
            table.row(
                    problems.get(t).model().name(),
                    problems.get(t).workload().name(),
                    Numbers.count(JointPlanWords.gpus(part)),
                    Numbers.round(part.requiredRequestsPerSecond()),
                    Numbers.round(part.plan().throughput().requestsPerSecond()),
                    Numbers.percent(part.servedShare()),
                    PlanWords.bottleneck(part.plan()));
        }
        Facts facts = new Facts()
                .add("Served share", JointPlanWords.share(plan))
                .add("Certificate", JointPlanWords.certificate(plan));
        StringBuilder text = new StringBuilder(title).append(table).append('\n').append(facts);
        IntStream.range(0, problems.size())
                .forEach(t -> text.append("\n--- ")
                        .append(PlanText.of(problems.get(t), plan.parts().get(t).plan())));
        return text.toString();
    }
}
