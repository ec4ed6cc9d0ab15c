package org.partiflow.solvers.strategy;

import java.util.Arrays;
import org.partiflow.api.model.TransformerModel;

/**
 * Which part of a request's KV cache a group keeps on each of its nodes, replicas not counted. Stateless.
 *
 * <p>Why it bounds traffic: for one layer, let the senders on a node hold the fraction a of the heads and the receivers on
 * it want the fraction b, every slice being wanted r &gt;= 1 times. At most r b can come from the node itself, so at least
 * r max(0, a - b) &gt;= a - b leaves it; summed over layers and routes, what leaves a node is at least what its prefill
 * groups keep there minus what its decode groups do. The same holds the other way for what enters, and for zones.
 */
public final class KvShare {
    private KvShare() {}

    /**
     * Shares by part, where part i of a group has the next {@code counts[i]} GPUs in the order of the strategy; empty if
     * the shares are not determined, as a stage that copies KV heads spans nodes.
     */
    public static double[] byPart(TransformerModel model, GroupStrategy strategy, int[] counts) {
        double[] shares = new double[counts.length];
        int part = 0;
        int left = counts[0];
        int layers = Arrays.stream(strategy.layers()).sum();
        for (int stage = 0; stage < strategy.degrees().length; stage++) {
            int degree = strategy.degrees()[stage];
            if (degree > left && copies(model, degree)) {
                return new double[0];
            }
            for (int rank = 0; rank < degree; rank++) {
                if (left == 0) {
                    left = counts[++part];
                }
                left--;
                shares[part] += (double) strategy.layers()[stage] / layers / degree;
            }
        }
        return shares;
    }

    private static boolean copies(TransformerModel model, int degree) {
        return model.attention().latent() != null || degree > model.attention().kvHeads();
    }
}
