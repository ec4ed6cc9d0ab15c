package org.partiflow.io.internal.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the rows of a trace. One thread only. */
final class TraceRows {
    private int[] prompts = new int[1024];
    private int[] outputs = new int[1024];
    private double[] times = new double[1024];
    private int size;

    int size() {
        return size;
    }

    double lastTime() {
        return times[size - 1];
    }

    void add(double time, int prompt, int output) {
        if (size == prompts.length) {
            prompts = Arrays.copyOf(prompts, size * 2);
            outputs = Arrays.copyOf(outputs, size * 2);
            times = Arrays.copyOf(times, size * 2);
        }
        prompts[size] = prompt;
        outputs[size] = output;
        times[size] = time;
        size++;
    }

    /** Takes {@code sample} evenly spaced rows, the first among them, or all where there are no more than that. */
    Trace toTrace(int sample, boolean timed, String sha256) {
        int kept = Math.min(sample, size);
        int[] keptPrompts = new int[kept];
        int[] keptOutputs = new int[kept];
        List<Double> keptTimes = new ArrayList<>();
        for (int i = 0; i < kept; i++) {
            int row = (int) ((long) i * size / kept);
            keptPrompts[i] = prompts[row];
            keptOutputs[i] = outputs[row];
            if (timed) {
                keptTimes.add(times[row] - times[0]);
            }
        }
        return new Trace(keptPrompts, keptOutputs, keptTimes, timed ? times[0] : 0, sha256);
    }
}
