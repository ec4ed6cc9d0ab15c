package org.partiflow.costmodel;

import java.util.List;
import org.partiflow.api.cluster.GpuType;

/**
 * Default efficiencies per GPU family, found by the start of the catalogue name. Fitted to public measurements as
 * described in docs/algorithms/cost-model.md; a family without measurements of its own says so. Stateless.
 */
public final class GpuEfficiencies {
    private record Entry(String prefix, GpuEfficiency efficiency) {}

    private static final String GEMM_AND_VIDUR = "aiconfigurator gemm and attention sweeps, Vidur layer profiles";
    private static final String DERIVED = "no measurements of its own; taken from the nearest family";

    private static final GpuEfficiency AMPERE_HBM = new GpuEfficiency(0.74, 0.56, 0.86, 0.55, GEMM_AND_VIDUR);
    private static final GpuEfficiency HOPPER = new GpuEfficiency(0.75, 0.56, 0.89, 0.88, GEMM_AND_VIDUR);
    private static final GpuEfficiency AMPERE_GDDR =
            new GpuEfficiency(0.70, 0.56, 0.85, 0.80, "Vidur A40 and LLMServingSim A6000 layer profiles");

    private static final GpuEfficiency L40S = new GpuEfficiency(0.55, 0.40, 0.80, 0.88, GEMM_AND_VIDUR);
    private static final GpuEfficiency RTX_4090 =
            new GpuEfficiency(0.97, 0.70, 0.90, 0.88, "LLMServingSim layer profile");

    // First match wins: longer prefixes stand before shorter ones.
    private static final List<Entry> FAMILIES = List.of(
            new Entry("A100", AMPERE_HBM),
            new Entry("A800", derived(AMPERE_HBM)),
            new Entry("A30", derived(AMPERE_HBM)),
            new Entry("H100", HOPPER),
            new Entry("H200", derived(HOPPER)),
            new Entry("H800", derived(HOPPER)),
            new Entry("H20", derived(HOPPER)),
            new Entry("GH200", derived(HOPPER)),
            new Entry("B200", derived(HOPPER)),
            new Entry("GB200", derived(HOPPER)),
            new Entry("B300", derived(HOPPER)),
            new Entry("GB300", derived(HOPPER)),
            new Entry("A40", AMPERE_GDDR),
            new Entry("A6000", AMPERE_GDDR),
            new Entry("A10", derived(AMPERE_GDDR)),
            new Entry("RTX3090", new GpuEfficiency(0.95, 0.56, 0.88, 0.80, DERIVED)),
            new Entry("L40S", L40S),
            new Entry("L40", new GpuEfficiency(0.85, 0.60, 0.80, 0.88, DERIVED + "; the chip is the L40S's")),
            new Entry("L4", new GpuEfficiency(0.42, 0.40, 0.84, 0.85, "Helix per-layer times of Llama-2-70B")),
            new Entry("RTX4090", RTX_4090),
            new Entry("RTX5090", derived(RTX_4090)),
            new Entry("RTX-6000-Ada", derived(L40S)),
            new Entry("RTX-PRO", new GpuEfficiency(0.75, 0.55, 0.88, 0.85, DERIVED)),
            new Entry("T4", new GpuEfficiency(0.40, 0.40, 0.78, 0.60, "Helix per-layer times of Llama-2-70B")),
            new Entry("V100", new GpuEfficiency(0.65, 0.50, 0.80, 0.60, DERIVED)));

    private static final GpuEfficiency UNKNOWN = new GpuEfficiency(0.65, 0.50, 0.85, 0.75, DERIVED);

    private GpuEfficiencies() {}

    /** The efficiencies of a GPU type; a cautious average for a type of no known family. O(families). */
    public static GpuEfficiency of(GpuType type) {
        for (Entry entry : FAMILIES) {
            if (type.name().startsWith(entry.prefix())) {
                return entry.efficiency();
            }
        }
        return UNKNOWN;
    }

    private static GpuEfficiency derived(GpuEfficiency like) {
        return new GpuEfficiency(like.compute(), like.fp8Compute(), like.memory(), like.decodeKv(), DERIVED);
    }
}
