package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** HexGen-2's open choices: their defaults are pinned, each is read, and each is followed. */
class HexGen2OptionsTest {
    private static final PlanningProblem PROBLEM =
            PlanningProblem.of(Clusters.mixed20(), Models.llama2_70b(), Workloads.hpld());

    private static ServingPlan plan(Map<String, String> options) {
        PlanningRequest request = new PlanningRequest(
                PROBLEM, Planners.roofline(PROBLEM), PlanningOptions.DEFAULT, SolveControl.evaluations(300));
        PlanningResult result = new HexGen2Planner(HexGen2Options.of(options)).plan(request);
        return ((PlanningResult.Planned) result).plan();
    }

    @Test
    void theDefaultsAreThese() {
        assertThat(HexGen2Options.DEFAULT)
                .isEqualTo(new HexGen2Options(
                        10,
                        1.05,
                        List.of(0.1, 0.3, 1.0),
                        HexGen2Options.PhaseRule.SUPPLY,
                        10,
                        4,
                        10,
                        HexGen2Options.StartRule.EACH_COUNT,
                        64,
                        HexGen2Options.Count.FLOWS,
                        HexGen2Options.Acceptance.FIRST,
                        40,
                        3,
                        3,
                        24_000));
        assertThat(Arrays.stream(HexGen2Setting.values()).map(s -> s.label() + "=" + s.defaultText()))
                .containsExactly(
                        "group-counts=10",
                        "headroom=1.05",
                        "imbalances=0.1,0.3,1",
                        "phase-rule=supply",
                        "enumerated-groups=10",
                        "assignments-kept=4",
                        "starts-refined=10",
                        "start-rule=each-count",
                        "moves-weighed=64",
                        "count=flows",
                        "acceptance=first",
                        "shakes-without-gain=40",
                        "moves-per-shake=3",
                        "shaken-layouts=3",
                        "work=24000");
    }

    @Test
    void everySettingHasAMeaningAndIsRead() {
        for (HexGen2Setting setting : HexGen2Setting.values()) {
            assertThat(setting.meaning()).endsWith(".").hasSizeGreaterThan(20);
            String other = switch (setting) {
                case PHASE_RULE -> "bandwidth";
                case START_RULE -> "best";
                case COUNT -> "moves";
                case ACCEPTANCE -> "best";
                case IMBALANCES -> "0.5";
                default -> "2";
            };
            assertThat(HexGen2Options.of(Map.of(setting.label(), other))).isNotEqualTo(HexGen2Options.DEFAULT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "groups|3|hexgen2 has no option 'groups'; it has group-counts,",
                "group-counts|0|group-counts must be in [1, 1000] numbers, got 0",
                "group-counts|2.5|group-counts must be a whole number, got '2.5'",
                "headroom|lots|headroom must be a number, got 'lots'",
                "headroom|NaN|headroom must be in [1, 10]",
                "imbalances|0.1,|imbalances must be a number",
                "imbalances|-1|imbalances must be in [0, 100]",
                "phase-rule|cut|phase-rule must be supply or bandwidth, got 'cut'",
                "work|1e12|work must be in"
            })
    void wrongTextsAreNamed(String name, String value, String message) {
        assertThatThrownBy(() -> HexGen2Options.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group-counts=1",
                "headroom=3",
                "imbalances=1",
                "phase-rule=bandwidth",
                "enumerated-groups=0",
                "assignments-kept=1",
                "starts-refined=1",
                "start-rule=best",
                "count=moves",
                "moves-weighed=1",
                "acceptance=best",
                "shakes-without-gain=0",
                "moves-per-shake=1",
                "shaken-layouts=1",
                "work=50"
            })
    void plansAreValidWhateverTheChoice(String option) {
        ServingPlan plan = plan(Map.of(option.split("=")[0], option.split("=")[1]));
        assertThat(PlanChecker.violations(PROBLEM, Planners.roofline(PROBLEM), plan))
                .isEmpty();
        assertThat(plan.generator().strategy()).isEqualTo("hexgen2 " + option);
    }

    @Test
    void theDefaultPlannerUsesTheDefaults() {
        PlanningResult named = Planners.plan("hexgen2", PROBLEM, PlanningOptions.DEFAULT, 300);
        assertThat(((PlanningResult.Planned) named).plan()).isEqualTo(plan(Map.of()));
        assertThat(plan(Map.of("work", "50")).termination().evaluations())
                .isLessThan(plan(Map.of()).termination().evaluations());
    }
}
