package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;

/** Kernels of one dense layer on one rank: what profiles of layers list, attention left out. Immutable. */
final class LayerShape {
    /**
     * A matrix product with so many output columns over an inner dimension.
     *
     * @param columns columns of the weights
     * @param inner inner dimension
     */
    record Product(double columns, double inner) {}

    /**
     * An element-wise kernel.
     *
     * @param kernel class: norm, rope, act or add
     * @param width elements of a token
     * @param passes reads and writes per element
     */
    record Stream(String kernel, double width, double passes) {}

    private final List<Product> products = new ArrayList<>();
    private final List<Stream> streams = new ArrayList<>();

    LayerShape(TransformerModel model, int degree) {
        Attention attention = model.attention();
        double hidden = model.hidden();
        double headDim = attention.headDim();
        double heads = (double) attention.heads() / degree;
        double kvHeads = attention.kvHeads() * Sharding.kvReplication(model, degree) / degree;
        double inner = (double) model.feedForward().intermediate() / degree;
        double gates = model.feedForward().gated() ? 2 : 1;
        if (attention.latent() == null) {
            products.add(new Product((heads + 2 * kvHeads) * headDim, hidden));
            products.add(new Product(hidden, heads * headDim));
        } else {
            addLatent(attention, attention.latent(), hidden, heads);
        }
        products.add(new Product(gates * inner, hidden));
        products.add(new Product(hidden, inner));
        streams.add(new Stream("norm", hidden, 2));
        streams.add(new Stream("rope", (heads + kvHeads) * headDim, 2));
        streams.add(new Stream("norm", hidden, 2));
        streams.add(new Stream("act", inner, gates + 1));
        streams.add(new Stream("add", hidden, 3));
    }

    private void addLatent(Attention attention, Attention.Latent latent, double hidden, double heads) {
        double query = heads * (attention.headDim() + latent.ropeDim());
        products.add(new Product(latent.kvRank() + latent.ropeDim() + latent.queryRank(), hidden));
        products.add(new Product(query, latent.queryRank() == 0 ? hidden : latent.queryRank()));
        products.add(new Product(heads * (attention.headDim() + latent.valueDim()), latent.kvRank()));
        products.add(new Product(hidden, heads * latent.valueDim()));
    }

    List<Product> products() {
        return products;
    }

    List<Stream> streams() {
        return streams;
    }
}
