package org.partiflow.costmodel.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

class ResidualFieldTest {
    private static final Chip CHIP = Chip.of(new GpuType(
            "H100-SXM-80GB",
            DataSize.ofGigabytes(80),
            Bandwidth.ofGigabytesPerSecond(3350),
            ComputeRate.ofTeraflops(989),
            ComputeRate.ofTeraflops(1978),
            1,
            "test"));
    private static final FittedLaw LAW = FittedLaw.start(GemmKernelLaw.sweep(), CHIP);

    @Test
    void aSmoothResidualIsFoundBetweenItsSamplesAndForgottenFarAway() {
        FittedLaw fitted = LAW.withField(ResidualField.of(LAW, samples()));
        double[] between = {96, 3000, 3000, 2};
        assertThat(Math.log(fitted.seconds(between) / LAW.seconds(between))).isCloseTo(0.2, within(0.03));
        double[] far = {1 << 20, 3000, 1 << 24, 2};
        assertThat(fitted.seconds(far) / LAW.seconds(far)).isCloseTo(1, within(1e-3));
    }

    /** Products have a part that goes with the number of rows alone. */
    @Test
    void aSlowNumberOfRowsIsSlowForOtherShapesToo() {
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : samples()) {
            double seconds = LAW.seconds(sample.row()) * (sample.row()[0] == 64 ? Math.exp(0.2) : 1);
            samples.add(new Sample(sample.row(), seconds));
        }
        FittedLaw fitted = LAW.withField(ResidualField.of(LAW, samples));
        double[] slow = {64, 1 << 17, 1 << 17, 2};
        assertThat(Math.log(fitted.seconds(slow) / LAW.seconds(slow))).isGreaterThan(0.05);
        double[] other = {256, 1 << 17, 1 << 17, 2};
        assertThat(Math.log(fitted.seconds(other) / LAW.seconds(other))).isBetween(-0.03, 0.03);
    }

    @Test
    void aWildSampleIsNotFollowed() {
        List<Sample> wild = new ArrayList<>(samples());
        double[] shape = {64, 4096, 4096, 2};
        wild.add(new Sample(shape, 20 * LAW.seconds(shape)));
        FittedLaw fitted = LAW.withField(ResidualField.of(LAW, wild));
        assertThat(Math.log(fitted.seconds(shape) / LAW.seconds(shape))).isBetween(0.15, 0.35);
    }

    @Test
    void theOrderOfSamplesDoesNotMatter() {
        List<Sample> reversed = new ArrayList<>(samples());
        java.util.Collections.reverse(reversed);
        double[] shape = {100, 5000, 2500, 2};
        double one = LAW.withField(ResidualField.of(LAW, samples())).seconds(shape);
        assertThat(LAW.withField(ResidualField.of(LAW, reversed)).seconds(shape))
                .isCloseTo(one, within(one * 1e-9));
    }

    /** Everything takes a fifth longer, in logarithms, than the law says. */
    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int m = 16; m <= 256; m *= 2) {
            for (int n = 1024; n <= 8192; n *= 2) {
                for (int k = 1024; k <= 8192; k *= 2) {
                    double[] row = {m, n, k, 2};
                    samples.add(new Sample(row, Math.exp(0.2) * LAW.seconds(row)));
                }
            }
        }
        return samples;
    }
}
