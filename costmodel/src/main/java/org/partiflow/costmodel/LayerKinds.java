package org.partiflow.costmodel;

import org.partiflow.api.model.TransformerModel;

/** Counts dense and expert layers in a range, in constant time. Immutable and thread-safe; O(layers) memory. */
final class LayerKinds {
    private final int[] expertsBefore;
    private final int aDenseLayer;
    private final int anExpertLayer;

    LayerKinds(TransformerModel model) {
        int layers = model.layers();
        expertsBefore = new int[layers + 1];
        int lastDense = -1;
        int lastExpert = -1;
        for (int layer = 0; layer < layers; layer++) {
            boolean expert = model.feedForward().hasExperts(layer);
            expertsBefore[layer + 1] = expertsBefore[layer] + (expert ? 1 : 0);
            lastExpert = expert ? layer : lastExpert;
            lastDense = expert ? lastDense : layer;
        }
        aDenseLayer = lastDense < 0 ? lastExpert : lastDense;
        anExpertLayer = lastExpert < 0 ? lastDense : lastExpert;
    }

    int layers() {
        return expertsBefore.length - 1;
    }

    int expertLayers(int firstLayer, int layers) {
        return expertsBefore[firstLayer + layers] - expertsBefore[firstLayer];
    }

    /** Index of some dense layer; of an expert layer if there is no dense one. */
    int aDenseLayer() {
        return aDenseLayer;
    }

    /** Index of some expert layer; of a dense layer if there is no expert one. */
    int anExpertLayer() {
        return anExpertLayer;
    }
}
