package org.partiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.io.InvalidFileException;

class PartiflowTest {
    private static final Bandwidth NIC = Bandwidth.ofGigabitsPerSecond(100);

    @Test
    void aPlanIsValidAndItsTextNamesEveryGroup() {
        Cluster cluster = Partiflow.cluster(NIC, "2 x H100-SXM-80GB", "4 x A100-PCIe-80GB");
        PlanAnswer answer = Partiflow.plan(cluster, "llama-2-7b", "HPLD");
        ServingPlan plan = answer.findPlan().orElseThrow();
        assertThat(PlanChecker.violations(
                        answer.problem(),
                        Strategies.named(CostModelFactory.class, "roofline").create(answer.problem()),
                        plan))
                .isEmpty();
        assertThat(answer.toString().lines().map(line -> line.split(" ")[0]))
                .containsAll(plan.groups().stream().map(ServingGroup::id).toList());
        assertThat(answer.toString()).contains("req/s", "llama-2-7b on 2 x H100-SXM-80GB + 4 x A100-PCIe-80GB");
    }

    @Test
    void nodesAreConnectedAsIsUsualForTheirGpus() {
        Cluster cluster = Partiflow.cluster(NIC, "2 x H100-SXM-80GB", " 4 x  A100-PCIe-80GB ");
        assertThat(cluster.gpuCount()).isEqualTo(6);
        assertThat(cluster.link(0, 1).kind()).isEqualTo(LinkKind.NVSWITCH);
        assertThat(cluster.link(2, 5).kind()).isEqualTo(LinkKind.PCIE);
        assertThat(cluster.link(0, 2).bytesPerSecond()).isEqualTo(12.5e9);
        assertThat(cluster.gpuName(2)).isEqualTo("n1/0");
    }

    @Test
    void whatFitsNowhereSaysWhy() {
        PlanAnswer answer = Partiflow.plan(Partiflow.cluster(NIC, "1 x T4"), "llama-2-70b", "HPLD");
        assertThat(answer.findPlan()).isEmpty();
        assertThat(answer).asString().startsWith("no plan: ").contains("GB are missing");
    }

    @Test
    void wrongWordsAreNamedWithTheChoices() {
        assertThatThrownBy(() -> Partiflow.cluster(NIC, "H100-SXM-80GB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'H100-SXM-80GB' is no node; write '4 x A100-PCIe-80GB'");
        assertThatThrownBy(() -> Partiflow.cluster(NIC, "2 x X100"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no GPU type is named 'X100'; choose from: ")
                .hasMessageContaining("L40S");
        Cluster cluster = Partiflow.cluster(NIC, "1 x L40S");
        assertThatThrownBy(() -> Partiflow.problem(cluster, "llama-9", "HPLD"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("llama-9");
    }
}
