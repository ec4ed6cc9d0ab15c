package org.partiflow.api.model;

import org.jspecify.annotations.Nullable;

/**
 * The feed-forward block of a layer.
 *
 * @param intermediate width of the dense block
 * @param gated true for gated units (three matrices), false for two matrices
 * @param experts mixture of experts; {@code null} for a dense model
 */
public record FeedForward(
        int intermediate, boolean gated, @Nullable Experts experts) {
    /**
     * A mixture of experts.
     *
     * @param count routed experts in a layer
     * @param active routed experts per token
     * @param intermediate width of one routed expert
     * @param sharedIntermediate total width of the experts that every token visits; 0 for none
     * @param firstLayer first layer with experts; the layers before it are dense
     * @param every from {@code firstLayer} on, every so many layers have experts (1: all)
     */
    public record Experts(int count, int active, int intermediate, int sharedIntermediate, int firstLayer, int every) {
        /** Rejects widths and counts out of range. */
        public Experts {
            if (count < 1 || active < 1 || active > count) {
                throw new IllegalArgumentException("active experts must be in [1, " + count + "], got " + active);
            }
            if (intermediate < 1 || sharedIntermediate < 0 || firstLayer < 0 || every < 1) {
                throw new IllegalArgumentException("expert widths must be positive");
            }
        }
    }

    /** Rejects a block without width. */
    public FeedForward {
        if (intermediate < 1) {
            throw new IllegalArgumentException("the feed-forward width must be positive, got " + intermediate);
        }
    }

    /** Whether layer {@code layer} has experts. */
    public boolean hasExperts(int layer) {
        return experts != null
                && layer >= experts.firstLayer()
                && (layer - experts.firstLayer()) % experts.every() == 0;
    }

    /** Matrices of one block: 3 gated, 2 otherwise. */
    public int matrices() {
        return gated ? 3 : 2;
    }

    /** Parameters stored for layer {@code layer}, the router included. */
    public long parameters(int hidden, int layer) {
        Experts moe = experts;
        if (moe == null || !hasExperts(layer)) {
            return (long) matrices() * hidden * intermediate;
        }
        long width = (long) moe.count() * moe.intermediate() + moe.sharedIntermediate();
        return matrices() * hidden * width + (long) hidden * moe.count();
    }

    /** Parameters that one token of layer {@code layer} is multiplied with. */
    public long activeParameters(int hidden, int layer) {
        Experts moe = experts;
        if (moe == null || !hasExperts(layer)) {
            return (long) matrices() * hidden * intermediate;
        }
        long width = (long) moe.active() * moe.intermediate() + moe.sharedIntermediate();
        return matrices() * hidden * width + (long) hidden * moe.count();
    }
}
