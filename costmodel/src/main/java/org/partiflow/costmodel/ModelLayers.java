package org.partiflow.costmodel;

import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.TransformerModel;

/**
 * A model, the kinds of its layers and the visits to its experts. Immutable.
 *
 * @param model the model
 * @param kinds which layers have experts
 * @param visits how tokens choose experts
 */
record ModelLayers(TransformerModel model, LayerKinds kinds, ExpertVisits visits) {
    /**
     * The layers of a model.
     *
     * @throws IllegalArgumentException if a model without experts is given a routing
     */
    static ModelLayers of(TransformerModel model, ExpertRouting routing) {
        FeedForward.Experts experts = model.feedForward().experts();
        if (experts == null && !routing.equals(ExpertRouting.UNIFORM)) {
            throw new IllegalArgumentException("model '" + model.name()
                    + "' has no experts, so neither skew nor placement of experts applies to it: leave them out");
        }
        ExpertVisits visits = experts == null ? ExpertVisits.NONE : ExpertVisits.of(experts, routing);
        return new ModelLayers(model, new LayerKinds(model), visits);
    }
}
