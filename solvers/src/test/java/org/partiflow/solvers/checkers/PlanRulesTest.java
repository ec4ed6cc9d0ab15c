package org.partiflow.solvers.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.check.CheckTolerance;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/** One change to a valid plan, and exactly the violations that follow from it. */
class PlanRulesTest {
    private static final HandmadePlan MADE = new HandmadePlan();
    private static final ServingPlan PLAN = MADE.plan;

    private static List<String> broken(ServingPlan plan) {
        return PlanChecker.violations(MADE.problem, MADE.costs, plan).stream()
                .map(violation -> violation.rule() + " " + violation.subject())
                .toList();
    }

    private static List<String> messages(ServingPlan plan) {
        return PlanChecker.violations(MADE.problem, MADE.costs, plan).stream()
                .map(Object::toString)
                .toList();
    }

    private static ServingPlan stages(int group, Stage... stages) {
        return Change.group(PLAN, group, g -> Change.stages(g, stages));
    }

    private static Stage stage(int first, int last, String... gpus) {
        return new Stage(List.of(gpus), first, last);
    }

    @Test
    void theUntouchedPlanIsValid() {
        assertThat(messages(PLAN)).isEmpty();
    }

    @Test
    void idsAreUnique() {
        assertThat(messages(Change.group(PLAN, 2, g -> Change.id(g, "d0"))))
                .containsExactly("d0: two groups have this id [group-id]");
    }

    @Test
    void groupsHaveStagesAndABatch() {
        assertThat(messages(Change.group(PLAN, 3, g -> Change.batch(g, 0))))
                .containsExactly("c0: has 1 stages and batch 0 [group]");
        assertThat(broken(Change.group(PLAN, 3, g -> Change.batch(g, 1)))).doesNotContain("group c0");
        assertThat(messages(stages(3)))
                .contains(
                        "c0: has 0 stages and batch 4 [group]",
                        "c0: lists weights of 1 GPUs, has 0 [weights]",
                        "c0: the stages end before layer 0 of 32 [layers]",
                        "l/0: is in no group and not listed as unused [gpu]");
    }

    @Test
    void layersAreTiledOnce() {
        assertThat(messages(stages(1, stage(0, 18, "x/0"), stage(20, 31, "x/1"))))
                .containsExactly("d0: a stage holds layers 20 to 31 where layer 19 should be next [layers]");
        assertThat(messages(stages(1, stage(0, 20, "x/0"), stage(20, 31, "x/1"))))
                .containsExactly("d0: a stage holds layers 20 to 31 where layer 21 should be next [layers]");
        assertThat(messages(stages(1, stage(0, 19, "x/0"), stage(20, 30, "x/1"))))
                .containsExactly("d0: the stages end before layer 31 of 32 [layers]");
        assertThat(messages(stages(1, stage(0, 19, "x/0"), stage(20, 19, "x/1"))))
                .containsExactly(
                        "d0: a stage holds layers 20 to 19 where layer 20 should be next [layers]",
                        "d0: the stages end before layer 20 of 32 [layers]");
        // A stage of a single layer is fine as far as layers go.
        assertThat(broken(stages(1, stage(0, 30, "x/0"), stage(31, 31, "x/1")))).doesNotContain("layers d0");
    }

    @Test
    void gpusExistAndAreInOnePlace() {
        assertThat(messages(stages(3, stage(0, 31, "l/2"))))
                .containsExactly(
                        "c0: names the GPU 'l/2', which is not in the cluster [gpu]",
                        "l/0: is in no group and not listed as unused [gpu]");
        assertThat(messages(stages(3, stage(0, 31, "x/0"))))
                .containsExactly(
                        "x/0: is in 'd0' and in 'c0' [gpu]", "l/0: is in no group and not listed as unused [gpu]");
        assertThat(messages(Change.unused(PLAN, List.of())))
                .containsExactly("l/1: is in no group and not listed as unused [gpu]");
        assertThat(messages(Change.unused(PLAN, List.of("l/1", "l/0"))))
                .containsExactly("l/0: is in 'c0' and in 'unusedGpus' [gpu]");
        assertThat(messages(Change.unused(PLAN, List.of("l/1", "l/1"))))
                .containsExactly("l/1: is in 'unusedGpus' and in 'unusedGpus' [gpu]");
    }

    @Test
    void tensorParallelismDividesTheHeads() {
        List<String> found = messages(stages(2, stage(0, 31, "x/2", "x/3", "l/1")));
        assertThat(found)
                .contains("d1: a stage of 3 GPUs does not divide the 32 heads and 32 KV heads [tensor-parallel]");
    }

    @Test
    void weightsAreListedPerGpuAndRecomputed() {
        List<Double> own = PLAN.groups().get(1).weightBytesPerGpu();
        assertThat(messages(Change.group(PLAN, 1, g -> Change.weights(g, own.subList(0, 1)))))
                .containsExactly("d0: lists weights of 1 GPUs, has 2 [weights]");
        assertThat(broken(Change.group(PLAN, 1, g -> Change.weights(g, List.of(own.get(0), own.get(1) + 1e6)))))
                .containsExactly("weights d0");
        assertThat(broken(Change.group(PLAN, 1, g -> Change.weights(g, List.of(0.0, own.get(1))))))
                .containsExactly("weights d0");
    }

    @Test
    void statedPerformanceIsRecomputed() {
        for (double factor : new double[] {0.999, 1.001}) {
            for (int index = 0; index < 4; index++) {
                String id = PLAN.groups().get(index).id();
                assertThat(broken(Change.group(PLAN, index, g -> Change.scaled(g, factor, 1, 1, 1))))
                        .containsExactly("capacity " + id);
                assertThat(broken(Change.group(PLAN, index, g -> Change.scaled(g, 1, 1, factor, 1))))
                        .containsExactly("latency " + id);
                assertThat(broken(Change.group(PLAN, index, g -> Change.scaled(g, 1, 1, 1, factor))))
                        .containsExactly("kv-capacity " + id);
            }
        }
    }

    @Test
    void memoryHoldsTheBatch() {
        int most = MADE.maxBatch(3);
        ServingGroup old = PLAN.groups().get(3);
        ServingGroup atTheLimit =
                MADE.group("c0", Phase.COLOCATED, most, old.flowRequestsPerSecond(), stage(0, 31, "l/0"));
        ServingGroup above =
                MADE.group("c0", Phase.COLOCATED, most + 1, old.flowRequestsPerSecond(), stage(0, 31, "l/0"));
        assertThat(broken(Change.group(PLAN, 3, g -> atTheLimit))).doesNotContain("batch c0");
        assertThat(broken(Change.group(PLAN, 3, g -> above))).contains("batch c0");
        assertThat(messages(Change.group(PLAN, 3, g -> above)))
                .anyMatch(message ->
                        message.equals("c0: batch " + (most + 1) + " is above the limit " + most + " [batch]"));
        // 16 GB of KV cache per 32,768 tokens: 48 GB less 13 GB of weights hold some forty sequences, not 256.
        assertThat(broken(Change.group(PLAN, 3, g -> atTheLimit))).contains("memory c0");
        assertThat(broken(Change.group(
                        PLAN,
                        3,
                        g -> MADE.group("c0", Phase.COLOCATED, 2, old.flowRequestsPerSecond(), stage(0, 31, "l/0")))))
                .isEmpty();
    }

    @Test
    void flowIsConservedAndWithinCapacity() {
        assertThat(broken(Change.group(PLAN, 1, g -> Change.scaled(g, 1, 1.01, 1, 1))))
                .containsExactly("conservation d0");
        assertThat(broken(Change.group(PLAN, 2, g -> Change.scaled(g, 1, 0.99, 1, 1))))
                .containsExactly("conservation d1");
        assertThat(broken(Change.group(PLAN, 0, g -> Change.scaled(g, 1, 1.01, 1, 1))))
                .contains("share p0->d0", "share p0->d1", "conservation p0", "throughput requestsPerSecond");
        assertThat(broken(Change.group(PLAN, 3, g -> Change.scaled(g, 1, 1.01, 1, 1))))
                .contains("throughput requestsPerSecond", "throughput outputTokensPerSecond")
                .doesNotContain("conservation c0", "flow c0");
        assertThat(broken(Change.group(PLAN, 3, g -> Change.scaled(g, 1, -1, 1, 1))))
                .contains("flow c0");
        double tooMuch = 1.01
                * PLAN.groups().get(3).capacityRequestsPerSecond()
                / PLAN.groups().get(3).flowRequestsPerSecond();
        assertThat(broken(Change.group(PLAN, 3, g -> Change.scaled(g, 1, tooMuch, 1, 1))))
                .contains("flow c0");
        assertThat(broken(Change.group(PLAN, 3, g -> Change.scaled(g, 1, Double.NaN, 1, 1))))
                .contains("flow c0");
    }

    @Test
    void anIdleGroupIsValid() {
        ServingPlan idle = Change.group(PLAN, 3, g -> Change.scaled(g, 1, 0, 1, 1));
        assertThat(broken(idle)).doesNotContain("flow c0", "conservation c0").contains("throughput requestsPerSecond");
    }

    @Test
    void anIdlePrefillGroupHasRoutesWithoutShares() {
        ServingPlan idle = Change.routes(
                Change.groups(
                        PLAN,
                        PLAN.groups().stream()
                                .map(g -> g.phase() == Phase.COLOCATED ? g : Change.scaled(g, 1, 0, 1, 1))
                                .toList()),
                PLAN.routes().stream()
                        .map(r -> new Route(r.from(), r.to(), 0, r.capacityRequestsPerSecond(), 0, r.protocol()))
                        .toList());
        assertThat(broken(idle)).noneMatch(line -> line.startsWith("share") || line.startsWith("conservation"));
        ServingPlan shared = Change.route(
                idle, 0, r -> new Route(r.from(), r.to(), 0, r.capacityRequestsPerSecond(), 0.5, r.protocol()));
        assertThat(broken(shared)).contains("share p0->d0").doesNotContain("share p0");
    }

    @Test
    void routesJoinPrefillAndDecodeGroups() {
        Route first = PLAN.routes().get(0);
        for (String[] ends : new String[][] {{"p0", "c0"}, {"d0", "d1"}, {"p9", "d0"}, {"p0", "d9"}, {"c0", "d0"}}) {
            Route wrong = new Route(
                    ends[0],
                    ends[1],
                    first.flowRequestsPerSecond(),
                    first.capacityRequestsPerSecond(),
                    first.share(),
                    first.protocol());
            assertThat(broken(Change.route(PLAN, 0, r -> wrong)))
                    .contains("route " + ends[0] + "->" + ends[1], "conservation p0", "conservation d0", "share p0");
        }
        assertThat(messages(Change.route(PLAN, 0, r -> new Route("p9", "d0", 0, 0, 0, ""))))
                .contains("p9->d0: 'p9' is no PREFILL group of the plan [route]");
        assertThat(messages(Change.route(PLAN, 0, r -> new Route("p0", "c0", 0, 0, 0, ""))))
                .contains("p0->c0: 'c0' is no DECODE group of the plan [route]");
    }

    @Test
    void routesAreRecomputed() {
        for (double factor : new double[] {0.999, 1.001}) {
            assertThat(broken(Change.route(PLAN, 1, r -> route(r, 1, factor, 1, r.protocol()))))
                    .containsExactly("route-capacity p0->d1");
            assertThat(broken(Change.route(PLAN, 1, r -> route(r, 1, 1, factor, r.protocol()))))
                    .containsExactly("share p0->d1", "share p0");
            assertThat(broken(Change.route(PLAN, 1, r -> route(r, factor, 1, 1, r.protocol()))))
                    .containsExactly("share p0->d1", "conservation p0", "conservation d1");
        }
        assertThat(broken(Change.route(PLAN, 1, r -> route(r, 1, 1, 1, "magic"))))
                .containsExactly("protocol p0->d1");
        assertThat(broken(Change.route(PLAN, 1, r -> route(r, -1, 1, 1, r.protocol()))))
                .contains("flow p0->d1");
    }

    private static Route route(Route r, double flow, double capacity, double share, String protocol) {
        return new Route(
                r.from(),
                r.to(),
                flow * r.flowRequestsPerSecond(),
                capacity * r.capacityRequestsPerSecond(),
                share * r.share(),
                protocol);
    }

    @Test
    void whatRoutesShareIsNotOverloaded() {
        double first = MADE.capacity(0, 1) / HandmadePlan.FLOWS[0];
        double second = MADE.capacity(0, 2) / HandmadePlan.FLOWS[1];
        // Each route alone stays within its capacity; together they exceed the NIC that both leave by.
        ServingPlan both = Change.route(
                Change.route(PLAN, 0, r -> route(r, 0.6 * first, 1, 1, r.protocol())),
                1,
                r -> route(r, 0.6 * second, 1, 1, r.protocol()));
        assertThat(broken(both))
                .anyMatch(line -> line.startsWith("shared-link"))
                .noneMatch(line -> line.equals("flow p0->d0") || line.equals("flow p0->d1"));
        ServingPlan one = Change.route(PLAN, 0, r -> route(r, 0.5 * first, 1, 1, r.protocol()));
        assertThat(broken(one)).noneMatch(line -> line.startsWith("shared-link"));
        ServingPlan over = Change.route(PLAN, 0, r -> route(r, 1.01 * first, 1, 1, r.protocol()));
        assertThat(broken(over)).contains("flow p0->d0").anyMatch(line -> line.startsWith("shared-link"));
    }

    @Test
    void throughputAndPriceFollow() {
        for (double factor : new double[] {0.999, 1.001}) {
            assertThat(broken(Change.throughput(PLAN, factor, 1, 1))).containsExactly("throughput requestsPerSecond");
            assertThat(broken(Change.throughput(PLAN, 1, factor, 1)))
                    .containsExactly("throughput outputTokensPerSecond", "cost usdPerMillionOutputTokens");
            assertThat(broken(Change.throughput(PLAN, 1, 1, factor)))
                    .containsExactly("throughput totalTokensPerSecond");
            assertThat(broken(Change.cost(PLAN, factor, 1))).containsExactly("cost usdPerHour");
            assertThat(broken(Change.cost(PLAN, 1, factor))).containsExactly("cost usdPerMillionOutputTokens");
        }
        assertThat(broken(Change.cost(Change.throughput(PLAN, 1, 0, 1), 1, 0)))
                .containsExactly("throughput outputTokensPerSecond");
    }

    @Test
    void theCertificateFitsThePlan() {
        double value = PLAN.throughput().requestsPerSecond();
        assertThat(broken(certificate(value, 0, List.of(), null))).isEmpty();
        assertThat(broken(certificate(0.99 * value, 0, List.of(), null))).containsExactly("bound certificate");
        assertThat(broken(certificate(0, 0, List.of(), null))).containsExactly("bound certificate");
        assertThat(broken(certificate(4 * value, 0.75, List.of(), null))).isEmpty();
        assertThat(broken(certificate(4 * value, 0.7, List.of(), null))).containsExactly("gap certificate");
        assertThat(broken(certificate(4 * value, 0.8, List.of(), null))).containsExactly("gap certificate");
        assertThat(broken(certificate(value, 0, List.of("p0", "p0->d0", "z", "link:a", "x->y"), null)))
                .containsExactly("min-cut z");
    }

    @Test
    void theLeastCostFitsThePlan() {
        double value = PLAN.throughput().requestsPerSecond();
        double price = PLAN.cost().usdPerHour();
        assertThat(broken(certificate(value, 0, List.of(), new ServingPlan.LeastCost(price / 2, 0.5))))
                .isEmpty();
        assertThat(broken(certificate(value, 0, List.of(), new ServingPlan.LeastCost(price, 0))))
                .isEmpty();
        assertThat(broken(certificate(value, 0, List.of(), new ServingPlan.LeastCost(price / 2, 0.4))))
                .containsExactly("gap costGap");
        assertThat(broken(certificate(value, 0, List.of(), new ServingPlan.LeastCost(1.01 * price, 0))))
                .containsExactly("bound certificate");
    }

    private static ServingPlan certificate(
            double bound,
            double gap,
            List<String> cut,
            ServingPlan.@org.jspecify.annotations.Nullable LeastCost least) {
        return Change.certificate(PLAN, new ServingPlan.Certificate(bound, gap, "compute", cut, least));
    }

    @Test
    void allIsToldAtOnce() {
        ServingPlan bad = Change.cost(Change.throughput(PLAN, 2, 1, 1), 2, 1);
        assertThat(broken(Change.group(bad, 0, g -> Change.scaled(g, 2, 1, 2, 1))))
                .containsExactly("capacity p0", "latency p0", "throughput requestsPerSecond", "cost usdPerHour");
    }

    @Test
    void aWiderToleranceForgives() {
        ServingPlan off = Change.throughput(PLAN, 1.001, 1, 1);
        assertThat(PlanChecker.violations(MADE.problem, MADE.costs, off, new CheckTolerance(0.01, 0)))
                .isEmpty();
        List<String> rules = new ArrayList<>();
        PlanChecker.violations(MADE.problem, MADE.costs, off, CheckTolerance.DEFAULT)
                .forEach(violation -> rules.add(violation.rule()));
        assertThat(rules).containsExactly("throughput");
    }
}
