package org.partiflow.io;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;

/**
 * Writes placements as the solution file that Helix's simulator reads: for each compute node, numbered from the offset on,
 * the list of layers that it holds. Nodes without layers are left out. Stateless and thread-safe.
 */
public final class HelixSolutionWriter {
    /** Number of the first compute node: the source and the sink come before it. */
    public static final int OFFSET = 2;

    /** Makes a writer. */
    public HelixSolutionWriter() {}

    /**
     * The file's content.
     *
     * @throws IllegalArgumentException if a machine's id is no number, which Helix needs
     */
    public byte[] toBytes(LayerProblem problem, LayerPlacement placement) {
        StringBuilder text = head();
        for (int m = 0; m < problem.machines(); m++) {
            if (placement.holds(m)) {
                node(
                        text,
                        number(problem.id(m)),
                        placement.start()[m],
                        placement.end()[m]);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The content for machines numbered from 0 in the order of the lists; -1 for a machine without layers.
     *
     * @param start first layer by machine
     * @param end first layer after those of each machine
     */
    public byte[] toBytes(List<Integer> start, List<Integer> end) {
        StringBuilder text = head();
        for (int m = 0; m < start.size(); m++) {
            if (start.get(m) >= 0) {
                node(text, m, start.get(m), end.get(m));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder head() {
        return new StringBuilder("[Settings]\noffset = ").append(OFFSET).append("\n\n[Solution]\n");
    }

    private static void node(StringBuilder text, int number, int start, int end) {
        text.append("compute_node_").append(number + OFFSET).append(" = [");
        for (int layer = start; layer < end; layer++) {
            text.append(layer == start ? "" : ", ").append(layer);
        }
        text.append("]\n");
    }

    private static int number(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Helix numbers its nodes, but one is named '" + id + "'; rename it to a number", e);
        }
    }
}
