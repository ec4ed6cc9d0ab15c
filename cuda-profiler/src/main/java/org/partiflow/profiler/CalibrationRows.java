package org.partiflow.profiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A raw profile as comma-separated tables, in the columns that the cost model is calibrated from: {@code gemm},
 * {@code attention-decode}, {@code attention-prefill} and {@code collective}. Times are medians in microseconds. Products in
 * int8 have no table: the cost model has no class for them. Stateless and thread-safe; O(rows).
 */
public final class CalibrationRows {
    private static final Map<String, String> TYPES = Map.of("fp16", "float16", "bf16", "bfloat16", "fp8", "fp8");

    private CalibrationRows() {}

    /**
     * The tables by kind, those without rows left out. Each begins with its header.
     *
     * @param gpu name of the GPU in the tables
     */
    public static Map<String, List<String>> of(RawProfile profile, String gpu) {
        Map<String, List<String>> tables = new TreeMap<>();
        tables.put("gemm", gemms(profile, gpu));
        tables.put("attention-decode", decodes(profile, gpu));
        tables.put("attention-prefill", prefills(profile, gpu));
        tables.put("collective", collectives(profile, gpu));
        tables.values().removeIf(rows -> rows.size() < 2);
        return tables;
    }

    /** The 16-bit products of the better of fp16 and bf16 would mix two kernels: both are rows of their own. */
    private static List<String> gemms(RawProfile profile, String gpu) {
        List<String> rows = new ArrayList<>(List.of("gpu,dtype,m,n,k,latency_us"));
        for (Measured.Gemm gemm : profile.gemms()) {
            String type = TYPES.get(gemm.precision());
            if (type != null) {
                rows.add(row(gpu, type, gemm.m(), gemm.n(), gemm.k(), microseconds(gemm.timing())));
            }
        }
        return rows;
    }

    private static List<String> decodes(RawProfile profile, String gpu) {
        List<String> rows =
                new ArrayList<>(List.of("gpu,engine,batch_size,kv_tokens,heads,kv_heads,head_dim,latency_us"));
        for (Measured.Decode d : profile.decodeAttention()) {
            rows.add(row(
                    gpu,
                    "partiflow",
                    d.batch(),
                    d.context(),
                    d.heads(),
                    d.kvHeads(),
                    d.headDimension(),
                    microseconds(d.timing())));
        }
        return rows;
    }

    private static List<String> prefills(RawProfile profile, String gpu) {
        List<String> rows = new ArrayList<>(
                List.of("gpu,engine,batch_size,new_tokens,kv_tokens,heads,kv_heads,head_dim,latency_us"));
        for (Measured.Prefill p : profile.prefillAttention()) {
            rows.add(row(
                    gpu,
                    "partiflow",
                    p.batch(),
                    p.tokens(),
                    0,
                    p.heads(),
                    p.kvHeads(),
                    p.headDimension(),
                    microseconds(p.timing())));
        }
        return rows;
    }

    private static List<String> collectives(RawProfile profile, String gpu) {
        List<String> rows = new ArrayList<>(List.of("gpu,impl,collective,gpus,bytes,latency_us"));
        for (Measured.Collective c : profile.collectives()) {
            rows.add(row(gpu, "nccl", c.collective(), c.gpus(), c.bytes(), microseconds(c.timing())));
        }
        return rows;
    }

    private static String microseconds(Timing timing) {
        return String.format(Locale.ROOT, "%.4f", timing.medianSeconds() * 1e6);
    }

    private static String row(Object... cells) {
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(cell.toString());
        }
        return String.join(",", texts);
    }
}
