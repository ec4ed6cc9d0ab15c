package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.KvTransport;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingGroup;

/** The way of KV caches from a prefill to a decode group, and the fixed costs of a transfer on it. */
final class KvPath {
    private static final int BLOCK_TOKENS = 16;

    final int from;
    final int to;
    final KvTraffic traffic;
    private final KvProtocol.Schedule schedule;
    private final int layers;
    private final int maxBatchedTokens;
    private final double setupSeconds;
    private final double baseSeconds;
    private final double descriptorSeconds;
    private final double recodingSecondsPerToken;

    KvPath(
            int from,
            int to,
            KvTraffic traffic,
            double recodingSecondsPerToken,
            TransformerModel model,
            ServingOptions serving,
            SharedLinks shared) {
        this.from = from;
        this.to = to;
        this.traffic = traffic;
        schedule = serving.kvProtocol().schedule();
        layers = model.layers();
        maxBatchedTokens = serving.maxBatchedTokens();
        KvTransport transport = slowestTransport(traffic, serving.kvProtocol(), shared);
        this.recodingSecondsPerToken = recodingSecondsPerToken;
        setupSeconds = traffic.links().isEmpty() ? 0 : transport.setupSeconds();
        baseSeconds = transport.baseSeconds();
        descriptorSeconds = transport.descriptorSeconds();
    }

    /** The stages of a group, as KV traffic sees them. */
    static List<KvTraffic.Holder> holders(ServingGroup group, Cluster cluster) {
        List<int[]> gpus = Pipeline.gpus(group, cluster);
        List<KvTraffic.Holder> holders = new ArrayList<>();
        for (int i = 0; i < gpus.size(); i++) {
            holders.add(new KvTraffic.Holder(
                    gpus.get(i),
                    group.stages().get(i).firstLayer(),
                    group.stages().get(i).layers()));
        }
        return holders;
    }

    /** What it takes to set the connection up. */
    double setupSeconds() {
        return setupSeconds;
    }

    /** What it takes to ask the other side for a cache and to be heard. */
    double roundTripSeconds() {
        return 2 * baseSeconds;
    }

    /** Whether a cache is sent chunk by chunk. */
    boolean sendsChunks(int promptTokens) {
        return schedule == KvProtocol.Schedule.PER_CHUNK && pieces(promptTokens) > 1;
    }

    /** How many of the tokens are computed after one more chunk. */
    int afterChunk(int tokens, int promptTokens) {
        return Math.min(promptTokens, tokens + maxBatchedTokens);
    }

    /** When the last chunk of a cache is usable, its prompt being done. */
    double chunkReadyAt(int tokens, double wireStart, double wireEnd) {
        return wireStart + baseSeconds + Math.max(posting(tokens), wireEnd - wireStart) + recoding(tokens);
    }

    /** Encoding and decoding what is sent last; of the rest it happens while other parts are on the wire. */
    private double recoding(double tokens) {
        return recodingSecondsPerToken * tokens;
    }

    private double posting(int tokens) {
        int blocks = (tokens + BLOCK_TOKENS - 1) / BLOCK_TOKENS;
        return descriptorSeconds * layers * blocks;
    }

    /** In how many pieces a cache is sent while its prompt is computed; 1 if it is sent afterwards. */
    int pieces(int promptTokens) {
        return switch (schedule) {
            case BULK -> 1;
            case PER_LAYER -> layers;
            case PER_CHUNK -> (promptTokens + maxBatchedTokens - 1) / maxBatchedTokens;
        };
    }

    /**
     * When a cache is usable.
     *
     * @param wireStart when its transfer was let onto the wire
     * @param wireEnd when its last byte left the wire
     * @param prefillEnd when its prompt was done
     */
    double readyAt(int promptTokens, double wireStart, double wireEnd, double prefillEnd) {
        double seconds = Math.max(posting(promptTokens), wireEnd - wireStart);
        double afterStart = wireStart + baseSeconds + seconds;
        int pieces = pieces(promptTokens);
        double sent = pieces == 1 ? afterStart : Math.max(afterStart, prefillEnd + baseSeconds + seconds / pieces);
        return sent + recoding((double) promptTokens / pieces);
    }

    private static KvTransport slowestTransport(KvTraffic traffic, KvProtocol protocol, SharedLinks shared) {
        double most = -1;
        KvTransport slowest = protocol.nvlink();
        for (int i = 0; i < traffic.links().size(); i++) {
            int link = traffic.links().get(i);
            double seconds = traffic.bytesPerToken().get(i) / KvTraffic.effectiveBytesPerSecond(shared, protocol, link);
            if (seconds > most) {
                most = seconds;
                slowest = protocol.transport(shared.kind(link));
            }
        }
        return slowest;
    }
}
