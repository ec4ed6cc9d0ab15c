package org.partiflow.api.cost;

import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;

/**
 * What it takes to change a KV cache into the number format of the wire and back: on each side a kernel that reads one
 * format and writes the other, so that memory bandwidth sets its time, at {@link #BANDWIDTH_SHARE} of the peak (an
 * assumption: streaming kernels usually reach 0.7 to 0.9; 4-bit scales add arithmetic, which is neglected). Stages work
 * side by side, so the slowest of a side counts. The kernels' use of the GPUs is far below 1 % of a prompt's and not
 * charged to them. Stateless and thread-safe.
 */
public final class KvRecoding {
    /** Share of peak memory bandwidth that the kernels reach. */
    public static final double BANDWIDTH_SHARE = 0.7;

    private KvRecoding() {}

    /**
     * Seconds per token of a cache, both sides together; 0 if it is sent as stored. O(stages).
     *
     * @param from stages of the prefill group
     * @param to stages of the decode group
     */
    public static double secondsPerToken(
            TransformerModel model,
            KvProtocol protocol,
            Cluster cluster,
            List<KvTraffic.Holder> from,
            List<KvTraffic.Holder> to) {
        double ratio = protocol.encoding().ratio(model.kv().bytes());
        if (ratio == 1) {
            return 0;
        }
        return (1 + ratio) * (side(model, cluster, from) + side(model, cluster, to)) / BANDWIDTH_SHARE;
    }

    /** Seconds in which the slowest stage could read its part of a token's cache once. */
    private static double side(TransformerModel model, Cluster cluster, List<KvTraffic.Holder> holders) {
        double slowest = 0;
        for (KvTraffic.Holder holder : holders) {
            double bytes = Sharding.kvBytesPerTokenPerGpu(model, holder.layers(), holder.gpus().length);
            for (int gpu : holder.gpus()) {
                double bandwidth = cluster.gpuType(gpu).memoryBandwidth().bytesPerSecond();
                slowest = Math.max(slowest, bytes / bandwidth);
            }
        }
        return slowest;
    }
}
