package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;

class HelixFilesTest {
    private static final String INSTANCE = """
            {"source": "test", "cluster": "two", "extra": 1,
             "model": {"name": "m", "layers": 3, "layer_bytes": 5, "token_bytes": 2, "activation_bytes_per_token": 98},
             "machine_types": {"A": {"max_layers": 2, "tokens_per_s_by_layers": [30.0, 20.0, 9.0]},
                               "B": {"tokens_per_s_by_layers": [10.5]}},
             "nodes": [{"id": 0, "type": "A", "region": 0}, {"id": 7, "type": "B", "region": 0}],
             "links": [["source", 0, 4000.0, 0.1], [0, 7, 5000.0, 0.1], [7, "sink", 600, 0.1]]}
            """;

    private static LayerProblem read(String text) {
        return Documents.orThrow(new HelixInstanceReader().read("two.json", text.getBytes(StandardCharsets.UTF_8)))
                .value();
    }

    @Test
    void readsRatesAndLinks() {
        LayerProblem problem = read(INSTANCE);
        assertThat(problem.name()).isEqualTo("two");
        assertThat(problem.layers()).isEqualTo(3);
        assertThat(problem.id(1)).isEqualTo("7");
        assertThat(problem.type(0).maxLayers()).isEqualTo(2);
        assertThat(problem.type(1).rate(1)).isEqualTo(10.5);
        assertThat(problem.link(problem.source(), 0)).isCloseTo(2000, within(1e-9));
        assertThat(problem.link(0, 1)).isCloseTo(50, within(1e-9));
        assertThat(problem.link(1, 0)).isCloseTo(50, within(1e-9));
        assertThat(problem.link(1, problem.sink())).isCloseTo(300, within(1e-9));
        assertThat(problem.link(0, problem.sink())).isZero();
    }

    @Test
    void linksOfAnIncompleteListHoldOneWay() {
        LayerProblem problem = read(INSTANCE.replace("\"links\":", "\"links_complete\": false, \"links\":"));
        assertThat(problem.link(0, 1)).isCloseTo(50, within(1e-9));
        assertThat(problem.link(1, 0)).isZero();
    }

    @Test
    void namesEveryProblem() {
        String broken = INSTANCE.replace("\"type\": \"B\"", "\"type\": \"C\"")
                .replace("[0, 7, 5000.0, 0.1]", "[0, 8, 5000.0, 0.1]")
                .replace("\"layers\": 3", "\"layers\": 0");
        assertThatThrownBy(() -> read(broken))
                .isInstanceOfSatisfying(
                        InvalidFileException.class,
                        failure -> assertThat(failure.problems().toString())
                                .contains(
                                        "model.layers", "nodes[1].type", "'C' is no usable machine type", "links[1]"));
    }

    @Test
    void writesLayersOfEachNodeFromTheOffsetOn() {
        byte[] ini = new HelixSolutionWriter()
                .toBytes(read(INSTANCE), new LayerPlacement(new int[] {0, 2}, new int[] {2, 3}));
        assertThat(new String(ini, StandardCharsets.UTF_8))
                .isEqualTo("[Settings]\noffset = 2\n\n[Solution]\ncompute_node_2 = [0, 1]\ncompute_node_9 = [2]\n");
        assertThat(new String(
                        new HelixSolutionWriter().toBytes(List.of(1, -1), List.of(3, -1)), StandardCharsets.UTF_8))
                .isEqualTo("[Settings]\noffset = 2\n\n[Solution]\ncompute_node_2 = [1, 2]\n");
    }
}
