package org.partiflow.io.internal.model;

import java.util.Arrays;
import java.util.List;
import org.partiflow.io.internal.tree.FieldReader;

/**
 * Which layers have experts.
 *
 * @param first first layer with experts
 * @param every from there on, every so many layers
 */
record ExpertLayers(int first, int every) {
    /** Reads the rules of all families, applies them layer by layer and finds the pattern that results. */
    static ExpertLayers of(FieldReader config, int layers) {
        boolean[] experts = new boolean[layers];
        Arrays.fill(experts, true);
        Arrays.fill(
                experts,
                0,
                Math.min(
                        layers,
                        config.findInteger("first_k_dense_replace", 0, layers).orElse(0)),
                false);
        // Qwen and Llama 4 count layers from 1, DeepSeek from 0.
        keepEvery(experts, config.findInteger("decoder_sparse_step", 1, layers).orElse(1), 1);
        keepEvery(
                experts,
                config.findInteger("interleave_moe_layer_step", 1, layers).orElse(1),
                1);
        if (config.isList("moe_layer_freq")) {
            keepListed(experts, config.integers("moe_layer_freq", 0, 1));
        } else {
            keepEvery(experts, config.findInteger("moe_layer_freq", 1, layers).orElse(1), 0);
        }
        for (int dense : config.integers("mlp_only_layers", 0, layers - 1)) {
            experts[Math.min(dense, layers - 1)] = false;
        }
        return pattern(experts, config);
    }

    private static void keepEvery(boolean[] experts, int step, int offset) {
        for (int layer = 0; layer < experts.length; layer++) {
            experts[layer] &= (layer + offset) % step == 0;
        }
    }

    private static void keepListed(boolean[] experts, List<Integer> listed) {
        for (int layer = 0; layer < experts.length; layer++) {
            experts[layer] &= layer < listed.size() && listed.get(layer) == 1;
        }
    }

    private static ExpertLayers pattern(boolean[] experts, FieldReader config) {
        int first = next(experts, 0);
        int second = next(experts, first + 1);
        ExpertLayers found = new ExpertLayers(first, Math.max(1, second - first));
        for (int layer = first; layer < experts.length; layer++) {
            if (experts[layer] != ((layer - first) % found.every() == 0)) {
                String key = Keys.first(config, "mlp_only_layers", "moe_layer_freq", "decoder_sparse_step");
                config.problem(
                        key,
                        "layer " + layer + " breaks the pattern of dense and expert layers; only leading dense layers "
                                + "and a fixed step are supported");
                break;
            }
        }
        return found;
    }

    private static int next(boolean[] experts, int from) {
        int layer = from;
        while (layer < experts.length && !experts[layer]) {
            layer++;
        }
        return layer;
    }
}
