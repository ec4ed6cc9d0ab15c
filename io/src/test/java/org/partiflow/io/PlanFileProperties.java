package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.partiflow.io.Samples.value;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import org.partiflow.api.plan.ServingPlan;

class PlanFileProperties {
    @Property(tries = 200, seed = "20261125")
    void writingIsStableAndCloseToTheValue(
            @ForAll @DoubleRange(min = 0, max = 1e12) double rate,
            @ForAll @DoubleRange(min = -1, max = 1) double gap,
            @ForAll @LongRange long seed,
            @ForAll @NotBlank @AlphaChars String warning) {
        ServingPlan base = Samples.plan();
        ServingPlan plan = new ServingPlan(
                new ServingPlan.Generator("1", "s", "f", "r", "COST", seed),
                base.inputs(),
                base.groups(),
                base.routes(),
                new ServingPlan.Throughput(rate, rate / 3, rate * 7),
                new ServingPlan.Certificate(rate, gap, "x", List.of()),
                base.unusedGpus(),
                base.cost(),
                base.alternatives(),
                base.termination(),
                List.of(warning));

        byte[] written = new PlanWriter().toBytes(plan);
        ServingPlan read = value(new PlanReader().read("plan.json", written));

        assertThat(new PlanWriter().toBytes(read)).isEqualTo(written);
        assertThat(read.generator()).isEqualTo(plan.generator());
        assertThat(read.throughput().requestsPerSecond()).isCloseTo(rate, within(rate * 1e-11));
        assertThat(read.warnings()).isEqualTo(plan.warnings());
    }
}
