package org.partiflow.solvers.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.check.JointPlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.plan.ServingPlan;

/** Plans of several models, one change at a time. */
class JointRulesTest {
    private static final HandmadePlan MADE = new HandmadePlan();
    private static final ServingPlan OTHER = MADE.onTheIdleGpu();

    /** Serves 0.17 of 0.17 and 0.02 of 0.04 requests/s. */
    private static final List<JointPlan.Part> PARTS =
            List.of(new JointPlan.Part(0.17, MADE.plan), new JointPlan.Part(0.04, OTHER));

    private static List<String> broken(List<JointPlan.Part> parts, double share, double bound, double gap) {
        return broken(parts, share, bound, gap, 0.17, 0.04);
    }

    private static List<String> broken(
            List<JointPlan.Part> parts, double share, double bound, double gap, double... rates) {
        List<Tenant> tenants = java.util.Arrays.stream(rates)
                .mapToObj(rate -> new Tenant(MADE.problem, rate))
                .toList();
        JointPlan plan =
                new JointPlan(parts, share, new JointPlan.Certificate(bound, gap, "compute"), MADE.plan.termination());
        return JointPlanChecker.violations(tenants, Collections.nCopies(tenants.size(), MADE.costs), plan).stream()
                .map(Violation::toString)
                .toList();
    }

    @Test
    void theUntouchedPlanIsValid() {
        assertThat(broken(PARTS, 0.5, 0.5, 0)).isEmpty();
        assertThat(broken(PARTS, 0.5, 1, 0.5)).isEmpty();
    }

    @Test
    void thereIsAPartForEachModel() {
        assertThat(broken(PARTS.subList(0, 1), 0.5, 0.5, 0)).containsExactly("plan: has 1 parts for 2 models [parts]");
    }

    @Test
    void partsAreCheckedUnderTheirModelsNames() {
        ServingPlan dear = Change.cost(OTHER, 2, 1);
        List<JointPlan.Part> parts = List.of(PARTS.get(0), new JointPlan.Part(0.04, dear));
        assertThat(broken(parts, 0.5, 0.5, 0))
                .singleElement()
                .asString()
                .startsWith("llama-2-7b (2): usdPerHour: is stated as ");
        assertThat(broken(List.of(new JointPlan.Part(0.04, dear)), 0.5, 0.5, 0, 0.04))
                .singleElement()
                .asString()
                .startsWith("usdPerHour: is stated as ");
    }

    @Test
    void eachGpuServesOneModel() {
        List<JointPlan.Part> same = List.of(new JointPlan.Part(0.04, OTHER), new JointPlan.Part(0.04, OTHER));
        assertThat(broken(same, 0.5, 0.5, 0, 0.04, 0.04))
                .containsExactly("l/1: serves llama-2-7b (1) and llama-2-7b (2) [gpu]");
    }

    @Test
    void whatAllModelsSendFitsTheLinks() {
        JointPlan.Part part = new JointPlan.Part(0.17, MADE.plan);
        assertThat(broken(List.of(part, part), 1, 1, 0, 0.17, 0.17)).noneMatch(line -> line.contains("shared-link"));
        assertThat(broken(List.of(part, part, part), 1, 1, 0, 0.17, 0.17, 0.17))
                .anyMatch(line -> line.contains("of its capacity for all models together [shared-link]"));
        // Loads of groups that are not sound are not computed.
        ServingPlan nowhere = Change.unused(MADE.plan, List.of());
        JointPlan.Part unsound = new JointPlan.Part(0.17, nowhere);
        assertThat(broken(List.of(part, part, unsound), 1, 1, 0, 0.17, 0.17, 0.17))
                .anyMatch(line -> line.contains("l/1: is in no group"))
                .noneMatch(line -> line.contains("shared-link"));
    }

    @Test
    void ratesAreThoseThatWereAskedFor() {
        assertThat(broken(PARTS, 0.5, 0.5, 0, 0.17, 0.05))
                .containsExactly("llama-2-7b (2): is planned for 0.04 requests/s of 0.05 [required-rate]");
    }

    @Test
    void shareBoundAndGapFollow() {
        assertThat(broken(PARTS, 0.6, 0.5, 0)).singleElement().asString().endsWith("[servedShare]");
        assertThat(broken(PARTS, 0.5, 0.4, 0)).singleElement().asString().endsWith("above 0.4 [bound]");
        assertThat(broken(PARTS, 0.5, 0, 0)).singleElement().asString().endsWith("above 0.0 [bound]");
        assertThat(broken(PARTS, 0.5, 1, 0.4)).singleElement().asString().endsWith("[gap]");
    }
}
