package org.partiflow.api;

import java.util.Locale;

/**
 * The serving engine that a plan must be deployable with. Engines run a group as a grid: every pipeline stage has the same
 * tensor-parallel degree, and caches travel as they are stored. Rules from the notes on vLLM's NIXL connector (vLLM 0.19)
 * and on SGLang's disaggregation (SGLang 0.5.10); {@link org.partiflow.api.check.DeploymentRules} checks finished plans.
 */
public enum TargetEngine {
    /** None: whatever the cost model can predict. */
    ANY(false, false),
    /** vLLM: one tensor-parallel degree in a group, caches sent as stored. */
    VLLM(true, false),
    /**
     * SGLang: the same, and as many layers in each stage of a group, as many GPUs from each of its nodes, and equal degrees
     * of prefill and decode groups that exchange caches.
     */
    SGLANG(true, true);

    private final boolean oneDegree;
    private final boolean even;

    TargetEngine(boolean oneDegree, boolean even) {
        this.oneDegree = oneDegree;
        this.even = even;
    }

    /** Name in files and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether all stages of a group must have the same tensor-parallel degree. */
    public boolean needsOneDegree() {
        return oneDegree;
    }

    /** Whether all stages of a group must have as many layers, and all its nodes give as many GPUs. */
    public boolean needsEvenGroups() {
        return even;
    }

    /** Whether groups that exchange caches must have the same tensor-parallel degree. */
    public boolean needsEqualDegrees() {
        return even;
    }

    /** Whether caches must be sent as they are stored. */
    public boolean needsStoredEncoding() {
        return this != ANY;
    }
}
