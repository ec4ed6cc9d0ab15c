package org.partiflow.simulator;

import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;

/** A cost model with a formula that tests can redo: per layer, linear in prompt tokens, sequences and context. */
record AnalyticCosts(double perPass, double perPromptToken, double perSequence, double perContextToken, double perHop)
        implements CostModel {
    static final AnalyticCosts DEFAULT = new AnalyticCosts(1e-3, 1e-5, 1e-5, 1e-8, 1e-4);

    @Override
    public String id() {
        return "analytic";
    }

    @Override
    public StageCost stage(StageHardware hardware) {
        return (first, layers, load) -> layers
                * (perPass
                        + perPromptToken * load.promptTokens()
                        + perSequence * load.sequences()
                        + perContextToken * load.contextTokens());
    }

    @Override
    public double hopSeconds(Link link, double tokens) {
        return perHop;
    }
}
