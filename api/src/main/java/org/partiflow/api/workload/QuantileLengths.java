package org.partiflow.api.workload;

import java.util.List;

/**
 * Lengths by quantile tables: one for prompts and, for each equally likely band of prompts, one for outputs. Both are
 * interpolated linearly between equally spaced quantiles, the first being the minimum and the last the maximum.
 *
 * @param prompt prompt quantiles, ascending, at least two
 * @param outputByBand output quantiles of each band, ascending, at least two each; at least one band
 */
public record QuantileLengths(List<Double> prompt, List<List<Double>> outputByBand) implements Lengths {
    private static final int LEAST_PROMPTS = 64;
    private static final int LEAST_OUTPUTS = 16;

    /** Copies the tables and rejects those that are short, below 1 or not ascending. */
    public QuantileLengths {
        prompt = List.copyOf(prompt);
        outputByBand = outputByBand.stream().map(List::copyOf).toList();
        requireAscending("prompt", prompt);
        if (outputByBand.isEmpty()) {
            throw new IllegalArgumentException("at least one band of output quantiles is needed");
        }
        outputByBand.forEach(band -> requireAscending("output", band));
    }

    /** Midpoints of equal probability within every quantile interval: the mean of the points is that of the samples. */
    @Override
    public void forEachPoint(PointVisitor visitor) {
        int bands = outputByBand.size();
        int prompts = prompt.size() - 1;
        while (prompts < LEAST_PROMPTS || prompts % bands != 0) {
            prompts += prompt.size() - 1;
        }
        for (int i = 0; i < prompts; i++) {
            double length = interpolate(prompt, (i + 0.5) / prompts);
            List<Double> band = outputByBand.get((int) ((long) i * bands / prompts));
            int outputs = band.size() - 1;
            while (outputs < LEAST_OUTPUTS) {
                outputs += band.size() - 1;
            }
            for (int j = 0; j < outputs; j++) {
                visitor.visit(length, interpolate(band, (j + 0.5) / outputs), 1.0 / ((double) prompts * outputs));
            }
        }
    }

    @Override
    public int samplePrompt(double u) {
        return (int) Math.max(1, Math.round(interpolate(prompt, u)));
    }

    @Override
    public int sampleOutput(double u, double v) {
        int bands = outputByBand.size();
        int band = Math.min(bands - 1, (int) (u * bands));
        return (int) Math.max(1, Math.round(interpolate(outputByBand.get(band), v)));
    }

    @Override
    public int maxPrompt() {
        return (int) Math.ceil(prompt.get(prompt.size() - 1));
    }

    @Override
    public int maxTotal() {
        double longest = 0;
        for (int band = 0; band < outputByBand.size(); band++) {
            List<Double> outputs = outputByBand.get(band);
            double longestPrompt = interpolate(prompt, (band + 1.0) / outputByBand.size());
            longest = Math.max(longest, longestPrompt + outputs.get(outputs.size() - 1));
        }
        return (int) Math.ceil(longest);
    }

    private static double interpolate(List<Double> quantiles, double u) {
        double position = u * (quantiles.size() - 1);
        int below = (int) Math.min(quantiles.size() - 2, Math.floor(position));
        double low = quantiles.get(below);
        return low + (position - below) * (quantiles.get(below + 1) - low);
    }

    private static void requireAscending(String what, List<Double> quantiles) {
        if (quantiles.size() < 2 || !(quantiles.get(0) >= 1)) {
            throw new IllegalArgumentException(what + " quantiles need two or more values from 1 up");
        }
        for (int i = 1; i < quantiles.size(); i++) {
            if (!(quantiles.get(i) >= quantiles.get(i - 1)) || Double.isInfinite(quantiles.get(i))) {
                throw new IllegalArgumentException(what + " quantiles must ascend");
            }
        }
    }
}
