package org.partiflow.profiler;

import java.util.List;

/** The kinds of measurements in a {@link RawProfile}. All are immutable records, valid by construction. */
public final class Measured {
    private Measured() {}

    /**
     * Start of work.
     *
     * @param kind {@code kernel} (launched by the host), {@code kernel-in-graph}, {@code graph} (of one kernel)
     * @param timing per launch
     */
    public record Launch(String kind, Timing timing) {
        /** Rejects unknown kinds. */
        public Launch {
            Require.oneOf("kind", kind, List.of("kernel", "kernel-in-graph", "graph"));
        }
    }

    /**
     * Device memory at work; the data does not lie in the cache.
     *
     * @param operation {@code memcpy}, {@code copy}, {@code read}, {@code write} or {@code norm}
     * @param bytes size of the buffer; {@code memcpy}, {@code copy} and {@code norm} read and write it
     * @param timing per run
     */
    public record Memory(String operation, long bytes, Timing timing) {
        /** Rejects unknown operations and empty buffers. */
        public Memory {
            Require.oneOf("operation", operation, List.of("memcpy", "copy", "read", "write", "norm"));
            Require.positive("bytes", bytes);
        }

        /** Bytes per second through the memory, reading and writing counted both. */
        public double bytesPerSecond() {
            boolean both = !operation.equals("read") && !operation.equals("write");
            return (both ? 2.0 : 1.0) * bytes / timing.medianSeconds();
        }
    }

    /**
     * A copy between host and device.
     *
     * @param kind {@code host-to-device} or {@code device-to-host}
     * @param memory {@code pinned} or {@code pageable}
     * @param bytes size of all
     * @param blockBytes size of each call
     * @param timing of all
     */
    public record Copy(String kind, String memory, long bytes, long blockBytes, Timing timing) {
        /** Rejects unknown kinds and sizes that are not positive. */
        public Copy {
            Require.oneOf("kind", kind, List.of("host-to-device", "device-to-host"));
            Require.oneOf("memory", memory, List.of("pinned", "pageable"));
            Require.positive("bytes", bytes);
            Require.positive("blockBytes", blockBytes);
        }

        /** Bytes per second. */
        public double bytesPerSecond() {
            return bytes / timing.medianSeconds();
        }
    }

    /**
     * A product as of a linear layer: m rows times a weight matrix of n outputs and k inputs.
     *
     * @param kernel {@code cublasLt}, or {@code wmma}: the program's own, a lower bound of what libraries reach
     * @param precision number format of the inputs: {@code fp16}, {@code bf16}, {@code fp8} or {@code int8}
     * @param m rows
     * @param n outputs
     * @param k inputs
     * @param timing per product
     * @param relativeError largest deviation from the CPU reference over its largest value, on the checked size
     */
    public record Gemm(String kernel, String precision, long m, long n, long k, Timing timing, double relativeError) {
        /** Rejects unknown names, sizes that are not positive and errors that are not numbers. */
        public Gemm {
            Require.oneOf("kernel", kernel, List.of("cublasLt", "wmma"));
            Require.oneOf("precision", precision, List.of("fp16", "bf16", "fp8", "int8"));
            Require.positive("m", m);
            Require.positive("n", n);
            Require.positive("k", k);
            Require.error(relativeError);
        }

        /** Operations per second. */
        public double flopPerSecond() {
            return 2.0 * m * n * k / timing.medianSeconds();
        }
    }

    /**
     * Attention of one new token per sequence over a paged cache, one layer.
     *
     * @param precision number format of the cache
     * @param batch sequences
     * @param heads query heads
     * @param kvHeads KV heads
     * @param headDimension size of a head
     * @param context cached tokens of each sequence
     * @param blockTokens tokens of a page
     * @param timing per run
     * @param relativeError as of {@link Gemm}
     */
    public record Decode(
            String precision,
            int batch,
            int heads,
            int kvHeads,
            int headDimension,
            int context,
            int blockTokens,
            Timing timing,
            double relativeError) {
        /** Rejects sizes that are not positive and errors that are not numbers. */
        public Decode {
            Require.text("precision", precision);
            Require.positive("batch", batch);
            Require.positive("heads", heads);
            Require.positive("kvHeads", kvHeads);
            Require.positive("headDimension", headDimension);
            Require.positive("context", context);
            Require.positive("blockTokens", blockTokens);
            Require.error(relativeError);
        }

        /** Bytes of keys and values that are read per second, two bytes each. */
        public double bytesPerSecond() {
            return 4.0 * batch * kvHeads * headDimension * context / timing.medianSeconds();
        }
    }

    /**
     * Causal attention of whole prompts, one layer.
     *
     * @param precision number format
     * @param batch prompts
     * @param heads query heads
     * @param kvHeads KV heads
     * @param headDimension size of a head
     * @param tokens length of each prompt
     * @param timing per run
     * @param relativeError as of {@link Gemm}
     */
    public record Prefill(
            String precision,
            int batch,
            int heads,
            int kvHeads,
            int headDimension,
            int tokens,
            Timing timing,
            double relativeError) {
        /** Rejects sizes that are not positive and errors that are not numbers. */
        public Prefill {
            Require.text("precision", precision);
            Require.positive("batch", batch);
            Require.positive("heads", heads);
            Require.positive("kvHeads", kvHeads);
            Require.positive("headDimension", headDimension);
            Require.positive("tokens", tokens);
            Require.error(relativeError);
        }

        /** Operations per second: two products over the half of the square that is not masked. */
        public double flopPerSecond() {
            return 2.0 * batch * heads * headDimension * tokens * (tokens + 1.0) / timing.medianSeconds();
        }
    }

    /**
     * The device's side of sending a KV cache.
     *
     * @param operation {@code gather}, {@code scatter}, {@code encode-fp8}, {@code decode-fp8}, {@code encode-4bit} or
     *     {@code decode-4bit}
     * @param bytes size of the cache as stored, in 16 bits
     * @param blockTokens tokens of a page
     * @param blockBytes bytes of a page; 0 where pages do not matter
     * @param timing per run
     */
    public record Kv(String operation, long bytes, int blockTokens, long blockBytes, Timing timing) {
        /** Rejects unknown operations and empty caches. */
        public Kv {
            Require.oneOf(
                    "operation",
                    operation,
                    List.of("gather", "scatter", "encode-fp8", "decode-fp8", "encode-4bit", "decode-4bit"));
            Require.positive("bytes", bytes);
            Require.positive("blockTokens", blockTokens);
            if (blockBytes < 0) {
                throw new IllegalArgumentException("blockBytes must not be negative, got " + blockBytes);
            }
        }

        /** Bytes of the cache, as stored, per second. */
        public double bytesPerSecond() {
            return bytes / timing.medianSeconds();
        }
    }

    /**
     * A copy from the measured GPU to another of the machine.
     *
     * @param to CUDA index of the other
     * @param direct whether the two can reach each other's memory
     * @param bytes size
     * @param timing per copy
     */
    public record PeerCopy(int to, boolean direct, long bytes, Timing timing) {
        /** Rejects empty copies. */
        public PeerCopy {
            Require.positive("bytes", bytes);
        }
    }

    /**
     * An NCCL operation in 16 bits.
     *
     * @param collective {@code all_reduce} or {@code send_recv}
     * @param gpus GPUs that take part
     * @param bytes size on each
     * @param timing per run
     */
    public record Collective(String collective, int gpus, long bytes, Timing timing) {
        /** Rejects unknown operations, one GPU alone and empty buffers. */
        public Collective {
            Require.oneOf("collective", collective, List.of("all_reduce", "send_recv"));
            Require.positive("gpus", gpus - 1.0);
            Require.positive("bytes", bytes);
        }
    }
}
