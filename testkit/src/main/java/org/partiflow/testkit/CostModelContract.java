package org.partiflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

/** What every cost model must satisfy; extend it, give the model under test, and JUnit runs the checks. */
public abstract class CostModelContract {
    /** Room for rounding when two times are compared. */
    private static final double ROUNDING = 1e-12;

    private static final int LAYERS = 8;
    private static final GpuType GPU = gpu("Contract-A", 2000, 300);
    private static final Link NVLINK = link(LinkKind.NVLINK, 300, 2);
    private static final List<StepLoad> LOADS = List.of(
            StepLoad.prefill(1, 1, 1),
            StepLoad.prefill(4, 4096, 4 * 1024 * 512.0),
            StepLoad.decode(1, 128),
            StepLoad.decode(256, 256 * 2048.0),
            new StepLoad(512.5, 512.5 * 700, 0.5, 63.5, 63.5 * 900));

    /** For subclasses. */
    protected CostModelContract() {}

    /** The cost model under test for this transformer. */
    protected abstract CostModel costModel(TransformerModel model);

    @Test
    void timesAreFiniteAndNotNegative() {
        for (TransformerModel model : models()) {
            for (int degree : new int[] {1, 2, 4}) {
                for (StepLoad load : LOADS) {
                    assertThat(stage(model, GPU, degree).stepSeconds(0, LAYERS, load))
                            .isFinite()
                            .isNotNegative();
                }
            }
        }
    }

    @Test
    void moreOfAnyLoadIsNotFaster() {
        for (TransformerModel model : models()) {
            StageCost stage = stage(model, GPU, 2);
            for (StepLoad load : LOADS) {
                double before = stage.stepSeconds(0, LAYERS, load);
                for (StepLoad more : increased(load)) {
                    assertNotFaster(stage.stepSeconds(0, LAYERS, more), before);
                }
            }
        }
    }

    @Test
    void moreLayersAreNotFaster() {
        for (TransformerModel model : models()) {
            StageCost stage = stage(model, GPU, 2);
            for (StepLoad load : LOADS) {
                for (int layers = 1; layers < LAYERS; layers++) {
                    double fewer = stage.stepSeconds(0, layers, load);
                    assertNotFaster(stage.stepSeconds(0, layers + 1, load), fewer);
                }
            }
        }
    }

    @Test
    void fasterHardwareIsNotSlower() {
        for (TransformerModel model : models()) {
            for (StepLoad load : LOADS) {
                double time = stage(model, GPU, 2).stepSeconds(0, LAYERS, load);
                assertNotFaster(
                        time, stage(model, gpu("Contract-A", 3000, 300), 2).stepSeconds(0, LAYERS, load));
                assertNotFaster(
                        time, stage(model, gpu("Contract-A", 2000, 450), 2).stepSeconds(0, LAYERS, load));
                StageHardware wide = new StageHardware(List.of(GPU), 2, link(LinkKind.NVLINK, 450, 2));
                assertNotFaster(time, costModel(model).stage(wide).stepSeconds(0, LAYERS, load));
            }
        }
    }

    @Test
    void aSingleGpuDoesNotCommunicate() {
        for (TransformerModel model : models()) {
            for (StepLoad load : LOADS) {
                StageHardware slow = new StageHardware(List.of(GPU), 1, link(LinkKind.NETWORK, 0, 1000));
                assertThat(costModel(model).stage(slow).stepSeconds(0, LAYERS, load))
                        .isEqualTo(stage(model, GPU, 1).stepSeconds(0, LAYERS, load));
            }
        }
    }

    @Test
    void tensorParallelismDoesNotSpeedUpBeyondItsDegree() {
        for (TransformerModel model : models()) {
            for (StepLoad load : LOADS) {
                double alone = stage(model, GPU, 1).stepSeconds(0, LAYERS, load);
                for (int degree : new int[] {2, 4, 8}) {
                    assertNotFaster(degree * stage(model, GPU, degree).stepSeconds(0, LAYERS, load), alone);
                }
            }
        }
    }

    @Test
    void theSlowestTypeSetsThePace() {
        GpuType slow = gpu("Contract-B", 500, 80);
        StageHardware mixed = new StageHardware(List.of(GPU, slow), 2, NVLINK);
        for (TransformerModel model : models()) {
            for (StepLoad load : LOADS) {
                double time = costModel(model).stage(mixed).stepSeconds(0, LAYERS, load);
                assertNotFaster(time, stage(model, GPU, 2).stepSeconds(0, LAYERS, load));
                assertNotFaster(time, stage(model, slow, 2).stepSeconds(0, LAYERS, load));
            }
        }
    }

    @Test
    void hopsTakeAtLeastTheirLatencyAndGrowWithTokens() {
        for (TransformerModel model : models()) {
            CostModel cost = costModel(model);
            Link slow = link(LinkKind.NETWORK, 1, 50);
            assertThat(cost.hopSeconds(slow, 1)).isFinite().isGreaterThanOrEqualTo(50e-6);
            assertNotFaster(cost.hopSeconds(slow, 2000), cost.hopSeconds(slow, 1000));
            assertNotFaster(cost.hopSeconds(slow, 1000), cost.hopSeconds(link(LinkKind.NETWORK, 10, 50), 1000));
        }
    }

    @Test
    void concurrentCallsGiveTheSameValues() {
        TransformerModel model = models().get(0);
        CostModel cost = costModel(model);
        StageHardware hardware = new StageHardware(List.of(GPU), 2, NVLINK);
        double expected = costModel(model).stage(hardware).stepSeconds(0, LAYERS, LOADS.get(1));
        List<Double> values = IntStream.range(0, 1000)
                .parallel()
                .mapToObj(i -> cost.stage(hardware).stepSeconds(0, LAYERS, LOADS.get(1)))
                .toList();
        assertThat(values).isEqualTo(Collections.nCopies(1000, expected));
    }

    /** Grouped-query attention, experts after dense layers, latent attention with quantised weights. */
    private static List<TransformerModel> models() {
        Attention grouped = new Attention(32, 8, 128, null);
        Attention latent = new Attention(16, 16, 128, new Attention.Latent(512, 1536, 64, 128));
        FeedForward dense = new FeedForward(14336, true, null);
        FeedForward experts = new FeedForward(14336, true, new FeedForward.Experts(64, 6, 1536, 2048, 3, 1));
        return List.of(
                model("dense", grouped, dense, Precision.FP16),
                model("experts", grouped, experts, Precision.FP8),
                model("latent", latent, experts, Precision.INT4));
    }

    private static TransformerModel model(String name, Attention attention, FeedForward ffn, Precision weights) {
        return new TransformerModel(name, LAYERS, 4096, attention, ffn, 32_000, false, 8192, weights, Precision.FP16);
    }

    private static List<StepLoad> increased(StepLoad load) {
        double tokens = load.promptTokens();
        double pairs = load.promptPairs();
        double prompts = load.prompts();
        double sequences = load.sequences();
        double context = load.contextTokens();
        return List.of(
                new StepLoad(tokens * 2 + 1, pairs, prompts, sequences, context),
                new StepLoad(tokens, pairs * 2 + 1, prompts, sequences, context),
                new StepLoad(tokens, pairs, prompts + 1, sequences, context),
                new StepLoad(tokens, pairs, prompts, sequences + 1, context),
                new StepLoad(tokens, pairs, prompts, sequences, context * 2 + 1));
    }

    private StageCost stage(TransformerModel model, GpuType gpu, int degree) {
        return costModel(model).stage(new StageHardware(List.of(gpu), degree, NVLINK));
    }

    private static void assertNotFaster(double seconds, double reference) {
        assertThat(seconds).isGreaterThanOrEqualTo(reference * (1 - ROUNDING));
    }

    private static GpuType gpu(String name, double gigabytesPerSecond, double teraflops) {
        return new GpuType(
                name,
                DataSize.ofGigabytes(80),
                Bandwidth.ofGigabytesPerSecond(gigabytesPerSecond),
                ComputeRate.ofTeraflops(teraflops),
                ComputeRate.ofTeraflops(0),
                1,
                "contract test");
    }

    private static Link link(LinkKind kind, double gigabytesPerSecond, long latencyMicros) {
        return new Link(
                kind, Bandwidth.ofGigabytesPerSecond(gigabytesPerSecond), Duration.ofNanos(latencyMicros * 1000));
    }
}
