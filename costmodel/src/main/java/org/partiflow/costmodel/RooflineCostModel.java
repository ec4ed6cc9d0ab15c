package org.partiflow.costmodel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * <p>Limits: no tile quantisation, no L2 effects, no clock throttling; experts are sharded by columns, not placed; the
 * routing of tokens to experts is taken as uniform.
 */
public final class RooflineCostModel implements CostModel {
    private static final int VERSION = 1;

    private final TransformerModel model;
    private final Calibration calibration;
    private final LayerKinds kinds;
    private final Map<StageHardware, RooflineStageCost> stages = new ConcurrentHashMap<>();

    /** A cost model for {@code model} with the given constants. */
    public RooflineCostModel(TransformerModel model, Calibration calibration) {
        this.model = model;
        this.calibration = calibration;
        this.kinds = new LayerKinds(model);
    }

    @Override
    public String id() {
        return "roofline/" + VERSION + "/" + calibration.name();
    }

    @Override
    public StageCost stage(StageHardware hardware) {
        return stageCost(hardware);
    }

    /** The parts of a predicted step; their sum is the stage's {@link StageCost#stepSeconds}. */
    public StepBreakdown breakdown(StageHardware hardware, int firstLayer, int layers, StepLoad load) {
        return stageCost(hardware).breakdown(firstLayer, layers, load);
    }

    @Override
    public double hopSeconds(Link link, double tokens) {
        double rate = link.bytesPerSecond() * AllReduceLaw.efficiency(link.kind());
        return rate == 0 ? Double.POSITIVE_INFINITY : link.latencySeconds() + tokens * 2 * model.hidden() / rate;
    }

    private RooflineStageCost stageCost(StageHardware hardware) {
        RooflineStageCost known = stages.get(hardware);
        return known != null
                ? known
                : stages.computeIfAbsent(
                        hardware, missing -> new RooflineStageCost(model, kinds, missing, calibration));
    }
}
