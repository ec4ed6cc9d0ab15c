package org.partiflow.api.cost;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.model.TransformerModel;

/**
 * What one prompt token's KV cache loads onto the shared links when it moves from a prefill to a decode group.
 *
 * <p>Layers are matched: the GPUs that hold a layer at one side send to those that hold it at the other, each receiver
 * getting the heads it needs from the senders that hold them. Heads are cut into equal consecutive ranges over the ranks
 * of a stage; where ranks outnumber KV heads (and always for a latent cache) they are replicated, each replica is sent,
 * and senders take turns. Immutable and thread-safe.
 *
 * @param links shared links in use, ascending
 * @param bytesPerToken bytes per prompt token on each of them
 * @param connected whether every sender reaches its receivers; if not, the route cannot be used
 */
public record KvTraffic(List<Integer> links, List<Double> bytesPerToken, boolean connected) {
    /**
     * A stage of a group.
     *
     * @param gpus its GPUs in rank order
     * @param firstLayer first layer
     * @param layers number of layers
     */
    @SuppressWarnings("ArrayRecordComponent") // hot in planning; never written to
    public record Holder(int[] gpus, int firstLayer, int layers) {}

    /** Copies the lists. */
    public KvTraffic {
        links = List.copyOf(links);
        bytesPerToken = List.copyOf(bytesPerToken);
    }

    /**
     * Adds up all GPU-to-GPU transfers. O(pairs of stages times GPUs of the two).
     *
     * @param model the model, for KV sizes and heads
     * @param protocol for the encoding
     * @param shared the cluster's shared links
     * @param from stages of the prefill group
     * @param to stages of the decode group
     */
    public static KvTraffic between(
            TransformerModel model, KvProtocol protocol, SharedLinks shared, List<Holder> from, List<Holder> to) {
        Map<Integer, Double> load = new TreeMap<>();
        boolean connected = true;
        double ratio = protocol.encoding().ratio(model.kv().bytes());
        for (Holder sender : from) {
            for (Holder receiver : to) {
                int first = Math.max(sender.firstLayer(), receiver.firstLayer());
                int end = Math.min(sender.firstLayer() + sender.layers(), receiver.firstLayer() + receiver.layers());
                if (first < end) {
                    double bytes = (end - first) * model.kvBytesPerTokenPerLayer() * ratio;
                    connected &= addStagePair(model, shared, sender.gpus(), receiver.gpus(), bytes, load);
                }
            }
        }
        return new KvTraffic(List.copyOf(load.keySet()), List.copyOf(load.values()), connected);
    }

    /**
     * Requests per second that could take this route if it had every link alone.
     *
     * @param promptTokens mean prompt length
     * @return 0 if the groups are not connected, infinity if nothing needs to move
     */
    public double capacityRequestsPerSecond(SharedLinks shared, KvProtocol protocol, double promptTokens) {
        if (!connected) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < links.size(); i++) {
            double rate = effectiveBytesPerSecond(shared, protocol, links.get(i));
            least = Math.min(least, rate / (bytesPerToken.get(i) * promptTokens));
        }
        return least;
    }

    /** Kind of link that names the route: the network if any of it is crossed. */
    public LinkKind kind(SharedLinks shared) {
        LinkKind kind = LinkKind.PCIE;
        for (int link : links) {
            kind = shared.kind(link);
            if (kind == LinkKind.NETWORK) {
                break;
            }
        }
        return kind;
    }

    /** Bytes per second of a shared link that the protocol's transport can use. */
    public static double effectiveBytesPerSecond(SharedLinks shared, KvProtocol protocol, int link) {
        return shared.bytesPerSecond(link)
                * protocol.transport(shared.kind(link)).efficiency();
    }

    private static boolean addStagePair(
            TransformerModel model,
            SharedLinks shared,
            int[] senders,
            int[] receivers,
            double bytes,
            Map<Integer, Double> load) {
        boolean latent = model.attention().latent() != null;
        int kvHeads = latent ? 1 : model.attention().kvHeads();
        int senderSlices = Math.min(senders.length, kvHeads);
        int receiverSlices = Math.min(receivers.length, kvHeads);
        int senderReplicas = senders.length / senderSlices;
        int receiverReplicas = receivers.length / receiverSlices;
        boolean connected = true;
        for (int j = 0; j < receivers.length; j++) {
            int wanted = j / receiverReplicas;
            double begin = (double) wanted / receiverSlices;
            double end = (double) (wanted + 1) / receiverSlices;
            for (int slice = 0; slice < senderSlices; slice++) {
                double low = Math.max(begin, (double) slice / senderSlices);
                double high = Math.min(end, (double) (slice + 1) / senderSlices);
                if (high - low > 1e-12) {
                    int sender = senders[slice * senderReplicas + j % senderReplicas];
                    connected &= addTransfer(shared, sender, receivers[j], bytes * (high - low), load);
                }
            }
        }
        return connected;
    }

    private static boolean addTransfer(
            SharedLinks shared, int sender, int receiver, double bytes, Map<Integer, Double> load) {
        int[] path = shared.path(sender, receiver);
        for (int link : path) {
            load.merge(link, bytes, Double::sum);
        }
        return path.length > 0;
    }
}
