package org.partiflow.costmodel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.TransformerModel;

/**
 * Roofline laws per operation with fitted efficiencies: matrix products, attention, element-wise kernels,
 * tensor-parallel all-reduces and the engine's fixed times.
 *
 * <p>In the line of the roofline model (Williams, Waterman, Patterson, doi:10.1145/1498765.1498785), applied to serving
 * as HexGen (arXiv 2311.11514) and Vidur (arXiv 2405.05465) do; the exact laws, their fit and their errors are in
 * docs/algorithms/cost-model.md. Thread-safe; stages are memoised per hardware.
 *
 * <p>Limits: no tile quantisation, no L2 effects, no clock throttling; expert parallelism over the GPUs of a stage only
 * ({@link ExpertRouting}), with the expected load of the busiest GPU rather than the expectation of the largest.
 */
public final class RooflineCostModel implements CostModel {
    private static final int VERSION = 1;

    private final ModelLayers layers;
    private final Calibration calibration;
    private final RankTimes fitted;
    private final String id;
    private final Map<StageHardware, RooflineStageCost> stages = new ConcurrentHashMap<>();

    /** A cost model for {@code model} with the given constants. */
    public RooflineCostModel(TransformerModel model, Calibration calibration) {
        this(model, calibration, RankTimes.NONE, "roofline/" + VERSION + "/" + calibration.name());
    }

    /**
     * A cost model for {@code model} that takes fitted times where there are any.
     *
     * @param fitted fitted times of ranks, for this model
     * @param id name and version of constants and fits
     */
    public RooflineCostModel(TransformerModel model, Calibration calibration, RankTimes fitted, String id) {
        this.layers = ModelLayers.of(model, calibration.routing());
        this.calibration = calibration;
        this.fitted = fitted;
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public StageCost stage(StageHardware hardware) {
        return stageCost(hardware);
    }

    /** The parts of a predicted step; their sum is the stage's {@link StageCost#stepSeconds}. */
    public StepBreakdown breakdown(StageHardware hardware, int firstLayer, int layers, StepLoad load) {
        return stageCost(hardware).breakdown(firstLayer, layers, load);
    }

    /**
     * Seconds of one layer's kernels without attention and communication, as kernel profiles list them: norms,
     * projections, rotary embedding and feed-forward block.
     *
     * @param type the GPU
     * @param degree tensor-parallel degree whose shapes it computes
     * @param layer which layer
     * @param tokens tokens of the pass, above 0
     */
    public double layerKernelSeconds(GpuType type, int degree, int layer, double tokens) {
        int experts = layers.kinds().expertLayers(layer, 1);
        RankLaw rank = new RankLaw(layers, degree, type, calibration, fitted.of(type, degree));
        return rank.gemmSeconds(1 - experts, experts, tokens)
                + rank.elementwiseSeconds(1 - experts, experts, tokens)
                + Math.max(0, rank.fixedSeconds(1 - experts, experts) - rank.attentionStartSeconds());
    }

    @Override
    public double hopSeconds(Link link, double tokens) {
        double rate = link.bytesPerSecond() * AllReduceLaw.efficiency(link.kind());
        return rate == 0
                ? Double.POSITIVE_INFINITY
                : link.latencySeconds() + tokens * 2 * layers.model().hidden() / rate;
    }

    private RooflineStageCost stageCost(StageHardware hardware) {
        RooflineStageCost known = stages.get(hardware);
        return known != null
                ? known
                : stages.computeIfAbsent(
                        hardware, missing -> new RooflineStageCost(layers, missing, calibration, fitted));
    }
}
