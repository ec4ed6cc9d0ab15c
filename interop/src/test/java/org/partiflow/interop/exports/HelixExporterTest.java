package org.partiflow.interop.exports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelixExporterTest {
    @Test
    void writesTheLayersOfEachGpu() {
        assertThat(Exporters.of("helix").export(Plans.pipeline()).get(0))
                .isEqualTo(new ExportedFile(
                        "helix_sol.ini",
                        "[Settings]\noffset = 2\n\n[Solution]\ncompute_node_3 = [3, 4]\ncompute_node_4 = [0, 1, 2]\n",
                        false));
    }

    @Test
    void phasesApartAndTensorParallelismAreObstacles() {
        assertThat(Exporters.of("helix").obstacles(Plans.deployable()))
                .anySatisfy(line -> assertThat(line).contains("group p0", "PREFILL", "--planner helix"))
                .anySatisfy(line -> assertThat(line).contains("group d1", "4, 4 GPUs"))
                .noneSatisfy(line -> assertThat(line).contains("group c0"));
    }
}
