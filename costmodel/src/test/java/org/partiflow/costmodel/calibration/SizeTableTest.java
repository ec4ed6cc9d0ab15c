package org.partiflow.costmodel.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

class SizeTableTest {
    private static final GpuType GPU = new GpuType(
            "H100-SXM-80GB",
            DataSize.ofGigabytes(80),
            Bandwidth.ofGigabytesPerSecond(3350),
            ComputeRate.ofTeraflops(989),
            ComputeRate.ofTeraflops(1979),
            1,
            "test");

    @Test
    void sizesBetweenMeasuredOnesTakeWhatAlphaAndBetaSay() {
        FittedLaw law = fitted(bytes -> 5e-6 + bytes / 100e9, 16, 28, 3);
        for (int octave = 16; octave <= 28; octave++) {
            double bytes = 1.3 * (1 << octave);
            assertThat(law.seconds(row(bytes)) / (5e-6 + bytes / 100e9)).isCloseTo(1, within(0.03));
        }
    }

    @Test
    void changesOfProtocolAreSteps() {
        DoubleUnaryOperator steps = bytes -> bytes > 1 << 22 ? 60e-6 + bytes / 200e9 : 5e-6 + bytes / 200e9;
        FittedLaw law = fitted(steps, 12, 28, 1);
        assertThat(law.seconds(row(1 << 22)) / steps.applyAsDouble(1 << 22)).isCloseTo(1, within(0.001));
        assertThat(law.seconds(row(1 << 23)) / steps.applyAsDouble(1 << 23)).isCloseTo(1, within(0.001));
    }

    @Test
    void oneOutlierIsNotFollowed() {
        FittedLaw law = fitted(bytes -> bytes == 1 << 14 ? 50e-6 : 5e-6 + bytes / 100e9, 10, 26, 1);
        assertThat(law.seconds(row(1 << 14))).isLessThan(7e-6);
    }

    @Test
    void mediansNeverFall() {
        assertThat(MonotoneMedians.of(List.of(1.0, 9.0, 2.0, 3.0, 4.0))).containsExactly(1, 3, 3, 3, 4);
    }

    private static FittedLaw fitted(DoubleUnaryOperator seconds, int first, int last, int step) {
        List<Sample> samples = new ArrayList<>();
        for (int octave = first; octave <= last; octave += step) {
            double bytes = 1L << octave;
            samples.add(new Sample(row(bytes), seconds.applyAsDouble(bytes)));
        }
        FittedLaw start = FittedLaw.start(new CollectiveLaw(), Chip.of(GPU));
        return start.withCorrections(SizeTable.coefficients(start, samples));
    }

    private static double[] row(double bytes) {
        return new double[] {bytes, 8};
    }
}
