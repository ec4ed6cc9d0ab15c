package org.partiflow.io.internal.model;

import org.partiflow.io.internal.tree.FieldReader;

/** The names that different model families give to one thing. Stateless. */
final class Keys {
    private Keys() {}

    /** The first of these names that the configuration has, else the first. */
    static String first(FieldReader config, String... names) {
        for (String name : names) {
            if (config.has(name)) {
                return name;
            }
        }
        return names[0];
    }

    static String layers(FieldReader config) {
        return first(config, "num_hidden_layers", "n_layer", "n_layers", "num_layers");
    }
}
