package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

class RooflineProperties {
    private static final double ROUNDING = 1 - 1e-12;

    @Property(seed = "20261125")
    void tensorParallelismIsNeverSuperLinear(
            @ForAll("models") TransformerModel model,
            @ForAll("gpus") GpuType a,
            @ForAll("gpus") GpuType b,
            @ForAll("loads") StepLoad load,
            @ForAll @IntRange(min = 1, max = 4) int doublings) {
        int degree = 1 << doublings;
        RooflineCostModel cost = new RooflineCostModel(model, Calibration.DEFAULT);
        List<GpuType> types = a.equals(b) ? List.of(a) : List.of(a, b);
        double together = time(cost.stage(new StageHardware(types, degree, Fixtures.NVLINK_H100)), model, load);
        double alone = types.stream()
                .mapToDouble(t -> time(cost.stage(Fixtures.hardware(t, 1, Fixtures.PCIE)), model, load))
                .min()
                .orElseThrow();
        assertThat(together * degree).isGreaterThanOrEqualTo(alone * ROUNDING);
    }

    @Property(seed = "20261125")
    void growsWithEveryPartOfTheLoad(
            @ForAll("models") TransformerModel model,
            @ForAll("gpus") GpuType gpu,
            @ForAll("loads") StepLoad load,
            @ForAll("loads") StepLoad more) {
        StageCost stage = new RooflineCostModel(model, Calibration.DEFAULT)
                .stage(Fixtures.hardware(gpu, 2, Fixtures.NVLINK_A100));
        StepLoad sum = new StepLoad(
                load.promptTokens() + more.promptTokens(),
                load.promptPairs() + more.promptPairs(),
                load.prompts() + more.prompts(),
                load.sequences() + more.sequences(),
                load.contextTokens() + more.contextTokens());
        double time = time(stage, model, sum);
        assertThat(time).isFinite().isGreaterThanOrEqualTo(time(stage, model, load) * ROUNDING);
    }

    @Property(seed = "20261125")
    void stagesOfAModelTakeTogetherWhatTheWholeTakes(
            @ForAll("models") TransformerModel model,
            @ForAll("gpus") GpuType gpu,
            @ForAll("loads") StepLoad load,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double cut) {
        int first = Math.max(1, (int) (cut * model.layers()));
        StageCost stage = new RooflineCostModel(model, Calibration.DEFAULT)
                .stage(Fixtures.hardware(gpu, 2, Fixtures.NVLINK_A100));
        double parts = stage.stepSeconds(0, first, load) + stage.stepSeconds(first, model.layers() - first, load);
        double expected = parts - (load.tokens() > 0 ? EngineOverheads.DEFAULT.stepSeconds() : 0);
        assertThat(time(stage, model, load)).isCloseTo(expected, Offset.offset(1e-9 * (1 + expected)));
    }

    @Property(seed = "20261125")
    void theBreakdownAddsUp(
            @ForAll("models") TransformerModel model, @ForAll("gpus") GpuType gpu, @ForAll("loads") StepLoad load) {
        RooflineCostModel cost = new RooflineCostModel(model, Calibration.DEFAULT);
        StageHardware hardware = Fixtures.hardware(gpu, 4, Fixtures.PCIE);
        double total = cost.breakdown(hardware, 0, model.layers(), load).totalSeconds();
        assertThat(total).isCloseTo(time(cost.stage(hardware), model, load), Offset.offset(1e-9 * (1 + total)));
    }

    @Property(seed = "20261125")
    void fasterLinksDoNotSlowDown(
            @ForAll("models") TransformerModel model,
            @ForAll("loads") StepLoad load,
            @ForAll LinkKind kind,
            @ForAll @DoubleRange(min = 0, max = 400) double slow,
            @ForAll @DoubleRange(min = 0, max = 400) double extra) {
        RooflineCostModel cost = new RooflineCostModel(model, Calibration.DEFAULT);
        Link link = Fixtures.link(kind, slow, 5);
        Link wide = Fixtures.link(kind, slow + extra, 5);
        double time = time(cost.stage(Fixtures.hardware(Fixtures.A100, 4, link)), model, load);
        assertThat(time(cost.stage(Fixtures.hardware(Fixtures.A100, 4, wide)), model, load))
                .isFinite()
                .isLessThanOrEqualTo(time / ROUNDING);
        assertThat(cost.hopSeconds(wide, load.tokens())).isLessThanOrEqualTo(cost.hopSeconds(link, load.tokens()));
    }

    @Property(seed = "20261125")
    void layerKindsAreCounted(
            @ForAll @IntRange(min = 0, max = 60) int first, @ForAll @IntRange(min = 1, max = 61) int layers) {
        int count = Math.min(layers, 61 - first);
        long expected = IntStream.range(first, first + count)
                .filter(Fixtures.DEEPSEEK_V3.feedForward()::hasExperts)
                .count();
        assertThat(new LayerKinds(Fixtures.DEEPSEEK_V3).expertLayers(first, count))
                .isEqualTo((int) expected);
    }

    @Provide
    Arbitrary<TransformerModel> models() {
        Arbitrary<Precision> precision = Arbitraries.of(Precision.class);
        Arbitrary<TransformerModel> shapes =
                Arbitraries.of(Fixtures.LLAMA_2_70B, Fixtures.LLAMA_31_70B, Fixtures.MIXTRAL, Fixtures.DEEPSEEK_V3);
        return Combinators.combine(shapes, precision).as((m, p) -> m.withPrecision(p, Precision.FP16));
    }

    @Provide
    Arbitrary<GpuType> gpus() {
        return Arbitraries.of(
                Fixtures.A100, Fixtures.H100, Fixtures.L40S, Fixtures.L4, Fixtures.T4, Fixtures.A40, Fixtures.A100_40);
    }

    @Provide
    Arbitrary<StepLoad> loads() {
        Arbitrary<Double> prompts = Arbitraries.doubles().between(0, 16);
        Arbitrary<Double> length = Arbitraries.doubles().between(1, 8192);
        Arbitrary<Double> sequences = Arbitraries.doubles().between(0, 512);
        return Combinators.combine(prompts, length, sequences, length)
                .as((p, n, s, c) -> new StepLoad(p * n, p * n * (n + 1) / 2, p, s, s * c));
    }

    private static double time(StageCost stage, TransformerModel model, StepLoad load) {
        return stage.stepSeconds(0, model.layers(), load);
    }
}
