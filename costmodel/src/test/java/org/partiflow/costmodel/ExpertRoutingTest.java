package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.testkit.CostModelContract;

/** Skewed experts that whole GPUs hold: the contract of cost models, and what skew does to times. */
class ExpertRoutingTest extends CostModelContract {
    private static final ExpertRouting SKEWED = new ExpertRouting(0.9, true);
    private static final StepLoad DECODE = StepLoad.decode(64, 64 * 1000);
    private static final StepLoad PREFILL = StepLoad.prefill(8, 16384, 16384 * 1024);
    private static final StepLoad LONG = StepLoad.prefill(64, 131072, 131072 * 1024);

    @Override
    protected CostModel costModel(TransformerModel model) {
        FeedForward.Experts experts = model.feedForward().experts();
        return new RooflineCostModel(model, Calibration.DEFAULT.with(experts == null ? ExpertRouting.UNIFORM : SKEWED));
    }

    @Test
    void wholeExpertsReadAndWriteLessThanCutOnes() {
        double cut = seconds(ExpertRouting.UNIFORM, PREFILL);
        double placed = seconds(new ExpertRouting(0, true), PREFILL);
        assertThat(placed).isBetween(0.8 * cut, cut);
    }

    /** With enough tokens to compute, the busiest GPU sets the pace: more skew is never faster. */
    @Test
    void skewSlowsPlacedExpertsDown() {
        double before = 0;
        for (double skew : List.of(0.0, 0.3, 0.6, 0.9, 1.2, 1.5, 2.0)) {
            double seconds = seconds(new ExpertRouting(skew, true), LONG);
            assertThat(seconds).isGreaterThanOrEqualTo(before * 0.99);
            before = seconds;
        }
        assertThat(before).isGreaterThan(1.1 * seconds(new ExpertRouting(0, true), LONG));
    }

    /** Experts cut over all GPUs keep the work even: skew leaves fewer to read and changes nothing else. */
    @Test
    void skewSparesReadingOfCutExperts() {
        assertThat(seconds(new ExpertRouting(1.2, false), DECODE)).isLessThan(seconds(ExpertRouting.UNIFORM, DECODE));
        assertThat(seconds(new ExpertRouting(1.2, false), PREFILL))
                .isBetween(0.97 * seconds(ExpertRouting.UNIFORM, PREFILL), seconds(ExpertRouting.UNIFORM, PREFILL));
    }

    @Test
    void namesLeadBack() {
        for (ExpertRouting routing : List.of(
                SKEWED, new ExpertRouting(0, true), new ExpertRouting(1.25e-5, false), new ExpertRouting(8, true))) {
            assertThat(ExpertRouting.find(routing.label())).contains(routing);
            Calibration calibration =
                    Calibration.of(EngineProfiles.named("trtllm")).with(routing);
            assertThat(calibration.name()).isEqualTo("engine-trtllm+" + routing.label());
            assertThat(Calibration.find(calibration.name())).contains(calibration);
            assertThat(calibration.with(ExpertRouting.UNIFORM))
                    .isEqualTo(Calibration.find("engine-trtllm").orElseThrow());
        }
        assertThat(List.of("", "experts-zipf-", "experts-zipf-9", "experts-zipf-0-placed", "experts-zipf-.", "zipf"))
                .allSatisfy(name -> assertThat(ExpertRouting.find(name)).isEmpty());
    }

    @Test
    void badRoutingsAreNamed() {
        for (double skew : new double[] {-0.1, 8.1, Double.NaN}) {
            assertThatThrownBy(() -> new ExpertRouting(skew, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[0, 8.0]")
                    .hasMessageContaining(String.valueOf(skew));
        }
        assertThatThrownBy(() -> new RooflineCostModel(Fixtures.LLAMA_2_70B, Calibration.DEFAULT.with(SKEWED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'llama-2-70b' has no experts");
    }

    private static double seconds(ExpertRouting routing, StepLoad load) {
        return new RooflineCostModel(Fixtures.DEEPSEEK_V3, Calibration.DEFAULT.with(routing))
                .stage(Fixtures.hardware(Fixtures.H100, 16, Fixtures.NVLINK_H100))
                .stepSeconds(0, 61, load);
    }
}
