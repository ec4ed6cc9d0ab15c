package org.partiflow.api.workload;

import java.util.Arrays;

/** The lengths of recorded requests, each equally likely. Immutable and thread-safe. */
public final class EmpiricalLengths implements Lengths {
    private final int[] prompts;
    private final int[] outputs;

    /**
     * Takes recorded lengths, pairwise.
     *
     * @throws IllegalArgumentException if the arrays are empty, differ in length or hold a value below 1
     */
    public EmpiricalLengths(int[] prompts, int[] outputs) {
        if (prompts.length == 0 || prompts.length != outputs.length) {
            throw new IllegalArgumentException("recorded lengths need as many outputs as prompts, and at least one");
        }
        if (Arrays.stream(prompts).min().orElse(0) < 1
                || Arrays.stream(outputs).min().orElse(0) < 1) {
            throw new IllegalArgumentException("recorded lengths must be at least 1");
        }
        this.prompts = prompts.clone();
        this.outputs = outputs.clone();
    }

    /** Number of recorded requests. */
    public int size() {
        return prompts.length;
    }

    /** Prompt length of recorded request {@code index}. */
    public int prompt(int index) {
        return prompts[index];
    }

    /** Output length of recorded request {@code index}. */
    public int output(int index) {
        return outputs[index];
    }

    @Override
    public void forEachPoint(PointVisitor visitor) {
        for (int i = 0; i < prompts.length; i++) {
            visitor.visit(prompts[i], outputs[i], 1.0 / prompts.length);
        }
    }

    @Override
    public int samplePrompt(double u) {
        return prompts[(int) (u * prompts.length)];
    }

    @Override
    public int sampleOutput(double u, double v) {
        return outputs[(int) (u * outputs.length)];
    }

    @Override
    public int maxPrompt() {
        return Arrays.stream(prompts).max().orElseThrow();
    }

    @Override
    public int maxTotal() {
        int longest = 0;
        for (int i = 0; i < prompts.length; i++) {
            longest = Math.max(longest, prompts[i] + outputs[i]);
        }
        return longest;
    }
}
