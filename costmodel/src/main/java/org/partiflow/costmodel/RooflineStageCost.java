package org.partiflow.costmodel;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;

/**
 * Times of one stage: the slowest GPU type's local work, then tensor-parallel communication and the engine's step.
 *
 * <p>Each part does not fall in any load component or in the number of layers (up to rounding of the last bit), and a
 * tensor-parallel set of k GPUs is never more than k times faster than its fastest GPU alone: sharded work is divided
 * by k at most, replicated and fixed work not at all, and communication is added.
 *
 * <p>Immutable and thread-safe; {@link #stepSeconds} is O(GPU types) arithmetic and does not allocate.
 */
final class RooflineStageCost implements StageCost {
    private final LayerKinds kinds;
    private final RankLaw[] ranks;
    private final AllReduceLaw allReduce;
    private final ByteTable[] fittedReduces;
    private final double residualBytes;
    private final double logitBytes;
    private final EngineOverheads overheads;

    RooflineStageCost(ModelLayers model, StageHardware hardware, Calibration calibration, RankTimes fitted) {
        int degree = hardware.degree();
        this.kinds = model.kinds();
        this.ranks = hardware.types().stream()
                .map(type -> new RankLaw(model, degree, type, calibration, fitted.of(type, degree)))
                .toArray(RankLaw[]::new);
        this.allReduce = AllReduceLaw.of(hardware.link(), degree);
        this.fittedReduces = fittedReduces(hardware, fitted);
        this.residualBytes = 2.0 * model.model().hidden();
        // Gathering logits moves half of what reducing them would.
        this.logitBytes = model.model().vocabulary();
        this.overheads = calibration.overheads();
    }

    @Override
    public double stepSeconds(int firstLayer, int layers, StepLoad load) {
        checkRange(firstLayer, layers);
        if (load.tokens() <= 0) {
            return 0;
        }
        int experts = kinds.expertLayers(firstLayer, layers);
        boolean first = firstLayer == 0;
        boolean last = firstLayer + layers == kinds.layers();
        double slowest = 0;
        for (RankLaw rank : ranks) {
            slowest = Math.max(slowest, rank.seconds(layers - experts, experts, first, last, load));
        }
        return slowest + communicationSeconds(layers, first, last, load) + passSeconds(load);
    }

    /** The parts of {@link #stepSeconds} on the GPU type that sets the pace. */
    StepBreakdown breakdown(int firstLayer, int layers, StepLoad load) {
        checkRange(firstLayer, layers);
        if (load.tokens() <= 0) {
            return StepBreakdown.NOTHING;
        }
        int experts = kinds.expertLayers(firstLayer, layers);
        int dense = layers - experts;
        boolean first = firstLayer == 0;
        boolean last = firstLayer + layers == kinds.layers();
        RankLaw slowest = ranks[0];
        for (RankLaw rank : ranks) {
            boolean slower = rank.seconds(dense, experts, first, last, load)
                    > slowest.seconds(dense, experts, first, last, load);
            slowest = slower ? rank : slowest;
        }
        double tokens = load.tokens();
        return new StepBreakdown(
                slowest.gemmSeconds(dense, experts, tokens),
                slowest.attentionSeconds(layers, load),
                slowest.elementwiseSeconds(dense, experts, tokens),
                (first ? slowest.embeddingSeconds(tokens) : 0)
                        + (last ? slowest.headSeconds(load.prompts() + load.sequences()) : 0),
                communicationSeconds(layers, first, last, load),
                slowest.fixedSeconds(dense, experts) + passSeconds(load));
    }

    /** Two all-reduces per layer, one for the sharded embedding, and the gathering of logits. */
    private double communicationSeconds(int layers, boolean first, boolean last, StepLoad load) {
        double reduced = (2.0 * layers + (first ? 1 : 0)) * reduceSeconds(residualBytes * load.tokens());
        double rows = load.prompts() + load.sequences();
        return reduced + (last ? reduceSeconds(logitBytes * rows) : 0);
    }

    /** The slowest type's fit; the law where a type has none. */
    private double reduceSeconds(double bytes) {
        double slowest = 0;
        for (ByteTable table : fittedReduces) {
            slowest = Math.max(slowest, table.at(bytes));
        }
        return fittedReduces.length == 0 ? allReduce.seconds(bytes) : slowest;
    }

    private static ByteTable[] fittedReduces(StageHardware hardware, RankTimes fitted) {
        List<ByteTable> tables = new ArrayList<>();
        for (GpuType type : hardware.types()) {
            ByteTable table =
                    hardware.degree() == 1 ? null : fitted.allReduce(type, hardware.degree(), hardware.link());
            if (table == null) {
                return new ByteTable[0];
            }
            tables.add(table);
        }
        return tables.toArray(ByteTable[]::new);
    }

    private double passSeconds(StepLoad load) {
        return overheads.passSeconds(load.prompts() + load.sequences());
    }

    private void checkRange(int firstLayer, int layers) {
        if (firstLayer < 0 || layers < 1 || firstLayer > kinds.layers() - layers) {
            throw new IllegalArgumentException("layers " + firstLayer + " to " + (firstLayer + layers - 1)
                    + " are not within the model's 0 to " + (kinds.layers() - 1));
        }
    }
}
