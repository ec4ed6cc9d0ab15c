package org.partiflow.interop.exports;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;

/** All exporters. Stateless and thread-safe. */
public final class Exporters {
    private static final List<PlanExporter> ALL = List.of(
            new VllmExporter(),
            new SglangExporter(),
            new DynamoExporter(),
            new LlmdExporter(),
            new LwsExporter(),
            new HelixExporter());

    private Exporters() {}

    /** Every exporter. */
    public static List<PlanExporter> all() {
        return ALL;
    }

    /**
     * The exporter of a format.
     *
     * @throws IllegalArgumentException if there is none; the message lists the choices
     */
    public static PlanExporter of(String format) {
        return ALL.stream()
                .filter(exporter -> exporter.format().equals(format))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format is named '" + format + "'; choose from: "
                        + ALL.stream().map(PlanExporter::format).collect(Collectors.joining(", "))));
    }

    static void requireNone(List<String> obstacles, String format) {
        if (!obstacles.isEmpty()) {
            throw new IllegalArgumentException(
                    "the plan cannot be deployed as " + format + ": " + String.join("; ", obstacles));
        }
    }

    /** What lies in the folder, and what the plan says that the files cannot. */
    static String readme(PlanExporter exporter, ExportRequest request, List<ExportedFile> files) {
        StringBuilder text = new StringBuilder();
        text.append("Written by Partiflow for ")
                .append(exporter.target())
                .append(".\nNot run by Partiflow: try it on a small");
        text.append(" scale first. Image tags are examples; --image names your own.\n\nPlanned: ")
                .append(String.format(
                        Locale.ROOT, "%.3f", request.plan().throughput().requestsPerSecond()))
                .append(" requests/s of workload '")
                .append(request.problem().workload().name())
                .append("' on cluster '")
                .append(request.problem().cluster().name())
                .append("'.\n\nFiles:\n");
        files.forEach(file -> text.append("  ").append(file.name()).append('\n'));
        text.append("\nGroups:\n");
        for (ServingGroup group : request.plan().groups()) {
            GroupShape shape = Compatibility.shape(request, group);
            text.append(String.format(
                    Locale.ROOT,
                    "  %-4s %-9s %s, TP %d x PP %d, batch %d, %.3f requests/s, GPUs %s%n",
                    group.id(),
                    group.phase(),
                    shape.gpu(),
                    shape.degree(),
                    shape.stages(),
                    group.batch(),
                    group.flowRequestsPerSecond(),
                    group.stages().stream().flatMap(s -> s.gpus().stream()).collect(Collectors.joining(" "))));
        }
        List<String> idle = request.idleGroups().stream().map(ServingGroup::id).toList();
        if (!idle.isEmpty()) {
            text.append("\nIdle, no engine is started for them, as the plan sends them nothing: ")
                    .append(String.join(" ", idle))
                    .append('\n');
        }
        text.append("\nRoutes that the plan wants (a router that pairs freely may use others):\n");
        for (Route route : request.plan().routes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %s -> %s: share %.4f, %s%n",
                    route.from(),
                    route.to(),
                    route.share(),
                    route.protocol()));
        }
        return text.toString().replace("\r\n", "\n");
    }
}
