package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;

class AllReduceLawProperties {
    private static final double ROUNDING = 1 - 1e-12;

    @Property(seed = "20261125")
    void moreBytesOrLessBandwidthIsNotFaster(
            @ForAll LinkKind kind,
            @ForAll @IntRange(min = 2, max = 16) int degree,
            @ForAll @DoubleRange(min = 0, max = 900) double rate,
            @ForAll @DoubleRange(min = 0, max = 900) double more,
            @ForAll @DoubleRange(min = 0, max = 1e9) double bytes,
            @ForAll @DoubleRange(min = 0, max = 1e7) double further) {
        AllReduceLaw law = AllReduceLaw.of(Fixtures.link(kind, rate, 2), degree);
        double seconds = law.seconds(bytes);
        assertThat(seconds).isFinite().isPositive();
        assertThat(law.seconds(bytes + further)).isGreaterThanOrEqualTo(seconds * ROUNDING);
        AllReduceLaw wide = AllReduceLaw.of(Fixtures.link(kind, rate + more, 2), degree);
        assertThat(wide.seconds(bytes)).isLessThanOrEqualTo(seconds / ROUNDING);
        assertThat(seconds).isGreaterThanOrEqualTo(bytes / Math.max(1, rate * 1e9) / 2);
    }

    /** One step reads every peer's whole buffer, so two steps overtake it, the later the fewer the peers. */
    @Property(seed = "20261125", tries = 100)
    void smallBuffersTakeOneStep(@ForAll @DoubleRange(min = 0, max = 1e5) double bytes) {
        Link link = Fixtures.NVLINK_H100;
        double two = AllReduceLaw.of(link, 2).seconds(bytes);
        double eight = AllReduceLaw.of(link, 8).seconds(bytes);
        assertThat(eight - two).isCloseTo(6 * bytes / (0.6 * 450e9), withPercentage(0.01));
    }

    /** Beyond eight GPUs NCCL's small buffers take some 20 us, not the start-up of its pipelined ring. */
    @Example
    void manyGpusStartFasterThanTheirRing() {
        AllReduceLaw law = AllReduceLaw.of(Fixtures.NVLINK_H100, 16);
        assertThat(law.seconds(1000)).isBetween(20e-6, 30e-6);
        assertThat(law.seconds(1e9)).isLessThan(1e9 / 450e9 / 0.6 + 45e-6);
    }

    /** nccl-tests on eight H100 (public sweeps): 2.1 ms for 512 MiB, on eight A100 4.2 ms. */
    @Example
    void largeBuffersReachTheSwitch() {
        double bytes = 512 * 1024 * 1024;
        assertThat(AllReduceLaw.of(Fixtures.NVLINK_H100, 8).seconds(bytes)).isCloseTo(2.1e-3, withPercentage(10));
        assertThat(AllReduceLaw.of(Fixtures.NVLINK_A100, 8).seconds(bytes)).isCloseTo(4.2e-3, withPercentage(10));
    }
}
