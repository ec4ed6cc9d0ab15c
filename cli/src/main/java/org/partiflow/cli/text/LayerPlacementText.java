package org.partiflow.cli.text;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.layers.LayerNetwork;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.solvers.flow.PushRelabelSolver;
import org.partiflow.solvers.helix.LayerPlacementResult;

/** A layer placement in words, and as {@code layers/1}. Stateless. */
public final class LayerPlacementText {
    private LayerPlacementText() {}

    /** For people. */
    public static String table(LayerProblem problem, LayerPlacementResult result) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%s, %s: %d layers on %d of %d machines",
                problem.name(),
                problem.model(),
                problem.layers(),
                result.placement().used(),
                problem.machines());
        line(
                text,
                "max flow   %.4f tokens/s; a token passes %.2f machines in the mean",
                result.tokensPerSecond(),
                result.meanLength());
        line(
                text,
                "bound      %.4f tokens/s for any placement (%s); gap %.2f %%%s",
                result.upperBound(),
                result.boundBy().equals("cover") ? "no cover of the layers has more" : "work of all machines",
                100 * Math.max(0, result.gap()),
                result.proven() ? ": proven greatest" : "");
        for (LayerPlacementResult.Alternative other : result.alternatives()) {
            line(
                    text,
                    "not chosen %.4f tokens/s, greatest flow found, passes %.2f machines: too long for what it brings",
                    other.tokensPerSecond(),
                    other.meanLength());
        }
        if (result.limit() != null) {
            line(text, "stopped by the %s limit", result.limit());
        }
        line(text, "%n%-10s %-16s %-9s %12s", "machine", "type", "layers", "tokens/s");
        Flow flow = Flow.of(problem, result.placement());
        for (int m : flow.machines()) {
            line(
                    text,
                    "%-10s %-16s %-9s %12.3f",
                    problem.id(m),
                    problem.type(m).name(),
                    result.placement().start()[m] + "-" + (result.placement().end()[m] - 1),
                    flow.through(m));
        }
        return text.toString();
    }

    /** For programs. */
    public static byte[] json(LayerProblem problem, LayerPlacementResult result) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "{\"partiflow\": \"layers/1\",%n \"cluster\": %s, \"model\": %s, \"layers\": %d,",
                quoted(problem.name()),
                quoted(problem.model()),
                problem.layers());
        line(
                text,
                " \"tokensPerSecond\": %.6f, \"meanMachinesPerToken\": %.6f,",
                result.tokensPerSecond(),
                result.meanLength());
        line(
                text,
                " \"certificate\": {\"upperBoundTokensPerSecond\": %.6f, \"gap\": %.9f, \"proven\": %s, \"by\": %s},",
                result.upperBound(),
                Math.max(0, result.gap()),
                result.proven(),
                quoted(result.boundBy()));
        Flow flow = Flow.of(problem, result.placement());
        text.append(" \"machines\": [");
        String separator = "\n  ";
        for (int m : flow.machines()) {
            text.append(separator)
                    .append(String.format(
                            Locale.ROOT,
                            "{\"id\": %s, \"type\": %s, \"firstLayer\": %d, \"lastLayer\": %d, \"tokensPerSecond\": %.6f}",
                            quoted(problem.id(m)),
                            quoted(problem.type(m).name()),
                            result.placement().start()[m],
                            result.placement().end()[m] - 1,
                            flow.through(m)));
            separator = ",\n  ";
        }
        text.append("],\n \"links\": [").append(links(problem, flow)).append("],\n \"alternatives\": [");
        separator = "";
        for (LayerPlacementResult.Alternative other : result.alternatives()) {
            text.append(separator)
                    .append(String.format(
                            Locale.ROOT,
                            "{\"name\": %s, \"tokensPerSecond\": %.6f, \"meanMachinesPerToken\": %.6f}",
                            quoted(other.name()),
                            other.tokensPerSecond(),
                            other.meanLength()));
            separator = ", ";
        }
        line(
                text,
                "],%n \"termination\": {\"reason\": %s, \"limit\": %s, \"evaluations\": %d}}",
                quoted(result.reason()),
                result.limit() == null ? "null" : quoted(result.limit()),
                result.evaluations());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String links(LayerProblem problem, Flow flow) {
        StringBuilder text = new StringBuilder();
        for (int link = 0; link < flow.network().links().size(); link++) {
            double rate = flow.network().linkFlow(flow.flow(), link);
            if (rate > 0) {
                LayerNetwork.Link ends = flow.network().links().get(link);
                text.append(text.isEmpty() ? "\n  " : ",\n  ")
                        .append(String.format(
                                Locale.ROOT,
                                "{\"from\": %s, \"to\": %s, \"tokensPerSecond\": %.6f}",
                                quoted(end(problem, ends.from())),
                                quoted(end(problem, ends.to())),
                                rate));
            }
        }
        return text.toString();
    }

    private static String end(LayerProblem problem, int end) {
        return end == problem.source() ? "source" : end == problem.sink() ? "sink" : problem.id(end);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).replace(System.lineSeparator(), "\n"))
                .append('\n');
    }

    /** A placement's max flow, and its machines by first layer. */
    private record Flow(LayerNetwork network, MaxFlow flow, List<Integer> machines) {
        static Flow of(LayerProblem problem, LayerPlacement placement) {
            LayerNetwork network = LayerNetwork.of(problem, placement);
            List<Integer> machines = IntStream.range(0, problem.machines())
                    .filter(placement::holds)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer m) -> placement.start()[m])
                            .thenComparingInt(m -> placement.end()[m])
                            .thenComparingInt(m -> m))
                    .toList();
            return new Flow(network, new PushRelabelSolver().solve(network.network()), machines);
        }

        double through(int machine) {
            return network.machineFlow(flow, machine);
        }
    }
}
