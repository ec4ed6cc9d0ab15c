package org.partiflow.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.io.internal.plan.ReportTree;
import org.partiflow.io.internal.text.JsonText;
import org.partiflow.io.internal.text.Numbers;

/**
 * Writes {@code runs/1}: several simulations of one plan, each with its rate, its seed and its {@code report/1}. The same
 * runs give the same bytes on every JVM and in every locale. Stateless and thread-safe.
 */
public final class RunsWriter {
    private static final String FORMAT = "runs/1";

    /** Makes a writer. */
    public RunsWriter() {}

    /**
     * One simulation.
     *
     * @param requestsPerSecond offered rate
     * @param seed of arrivals and lengths
     * @param report what was measured
     */
    public record Run(double requestsPerSecond, long seed, SimulationReport report) {}

    /**
     * The content of the file, UTF-8.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    public byte[] toBytes(List<Run> runs) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("partiflow", FORMAT);
        ArrayNode array = root.putArray("runs");
        for (Run run : runs) {
            ObjectNode node = array.addObject();
            node.set("requestsPerSecond", Numbers.node("runs: requestsPerSecond", run.requestsPerSecond()));
            node.put("seed", run.seed());
            node.set("report", ReportTree.of(run.report()));
        }
        return JsonText.json(root);
    }
}
