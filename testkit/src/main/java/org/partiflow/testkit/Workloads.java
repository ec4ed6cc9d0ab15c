package org.partiflow.testkit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.partiflow.api.workload.Workload;

/**
 * Workloads to test with: one class of fixed lengths each, near the means of the four classes of the Azure Conversation
 * trace (heavy prefill: over 512 prompt tokens; heavy decode: over 128 output tokens). Stateless and thread-safe.
 */
public final class Workloads {
    private Workloads() {}

    /** Heavy prefill, light decode: 2606 prompt and 72 output tokens. */
    public static Workload hpld() {
        return Workload.fixed("hpld", 2606, 72);
    }

    /** Heavy prefill, heavy decode: 1210 prompt and 387 output tokens. */
    public static Workload hphd() {
        return Workload.fixed("hphd", 1210, 387);
    }

    /** Light prefill, heavy decode: 229 prompt and 178 output tokens. */
    public static Workload lphd() {
        return Workload.fixed("lphd", 229, 178);
    }

    /** Light prefill, light decode: 356 prompt and 85 output tokens. */
    public static Workload lpld() {
        return Workload.fixed("lpld", 356, 85);
    }

    /** Fixed lengths of 1 to 4096 prompt and 1 to 1024 output tokens. */
    public static Arbitrary<Workload> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4096),
                        Arbitraries.integers().between(1, 1024))
                .as((prompt, output) -> Workload.fixed("fixed", prompt, output));
    }
}
