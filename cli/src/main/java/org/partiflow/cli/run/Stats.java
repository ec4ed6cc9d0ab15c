package org.partiflow.cli.run;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.partiflow.api.plan.ServingPlan;

/**
 * What a run took, as {@code stats/1}: wall-clock times and the machine, which plans must not hold.
 *
 * @param planner name of the planner
 * @param threads threads it was allowed
 * @param readSeconds reading and checking the inputs
 * @param planSeconds planning
 */
public record Stats(String planner, int threads, double readSeconds, double planSeconds) {
    /** The content of the file. */
    public byte[] toBytes(ServingPlan.Termination termination) {
        String limit = termination.limit() == null ? "null" : "\"" + termination.limit() + "\"";
        Runtime runtime = Runtime.getRuntime();
        String json = String.format(
                Locale.ROOT,
                "{%n  \"partiflow\": \"stats/1\",%n  \"planner\": \"%s\",%n  \"threads\": %d,%n"
                        + "  \"readSeconds\": %.6f,%n  \"planSeconds\": %.6f,%n"
                        + "  \"termination\": {\"reason\": \"%s\", \"limit\": %s, \"evaluations\": %d},%n"
                        + "  \"java\": \"%s\",%n  \"processors\": %d,%n  \"usedHeapBytes\": %d%n}%n",
                planner,
                threads,
                readSeconds,
                planSeconds,
                termination.reason(),
                limit,
                termination.evaluations(),
                Runtime.version(),
                runtime.availableProcessors(),
                runtime.totalMemory() - runtime.freeMemory());
        return json.replace(System.lineSeparator(), "\n").getBytes(StandardCharsets.UTF_8);
    }
}
