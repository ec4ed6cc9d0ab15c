package org.partiflow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;
import org.partiflow.interop.imports.UsualLinks;
import org.partiflow.io.Catalogue;
import org.partiflow.io.Loaded;
import org.partiflow.io.ModelReader;
import org.partiflow.io.WorkloadReader;

/**
 * The shortest way to a plan: the built-in catalogue, the default planner, its default options. Whoever wants other
 * strategies, limits or cost models calls {@link Planner} itself, as this class does. Stateless and thread-safe.
 */
public final class Partiflow {
    private static final Pattern NODE = Pattern.compile("\\s*([1-9][0-9]{0,3})\\s*x\\s+(\\S+)\\s*");
    private static final java.time.Duration NIC_LATENCY = java.time.Duration.ofNanos(10_000);

    private Partiflow() {}

    /**
     * A cluster of one zone. GPUs of a node are connected as is usual for their type (NVSwitch for SXM modules, PCI
     * Express for others), network interfaces add 10 us, prices are the catalogue's. Nodes are named {@code n0}, {@code
     * n1}, ... in the order given.
     *
     * @param nic network bandwidth of every node, each way
     * @param nodes one machine each, for example {@code 4 x A100-PCIe-80GB}; at least one
     * @throws IllegalArgumentException if a text does not name a number and a GPU type of the catalogue
     */
    public static Cluster cluster(Bandwidth nic, String... nodes) {
        List<Node> machines = new ArrayList<>();
        for (String text : nodes) {
            Matcher parts = NODE.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("'" + text + "' is no node; write '4 x A100-PCIe-80GB'");
            }
            GpuType gpu = gpuType(parts.group(2));
            machines.add(new Node(
                    "n" + machines.size(),
                    gpu,
                    Integer.parseInt(parts.group(1)),
                    "default",
                    UsualLinks.of(gpu.name()),
                    new Nic(nic, NIC_LATENCY),
                    gpu.pricePerHourUsd()));
        }
        return new Cluster(String.join(" + ", nodes), machines, Fabric.NIC_ONLY, List.of());
    }

    private static GpuType gpuType(String name) {
        return Catalogue.findGpuType(name)
                .orElseThrow(() -> new IllegalArgumentException("no GPU type is named '" + name + "'; choose from: "
                        + String.join(
                                ", ",
                                Catalogue.gpuTypes().stream().map(GpuType::name).toList())));
    }

    /**
     * A problem with default serving options.
     *
     * @param cluster GPUs, machines and links
     * @param model a built-in name, or the path of a HuggingFace {@code config.json}
     * @param workload a built-in name, or the path of a {@code workload/1} file
     * @throws org.partiflow.io.InvalidFileException with everything that is wrong with a file, or that there is none
     */
    public static PlanningProblem problem(Cluster cluster, String model, String workload) {
        Loaded<TransformerModel> readModel = new ModelReader().readNameOrFileOrThrow(model);
        Loaded<Workload> readWorkload = new WorkloadReader().readNameOrFileOrThrow(workload);
        return new PlanningProblem(
                cluster,
                readModel.value(),
                readWorkload.value(),
                ServingOptions.DEFAULT,
                new Provenance("", readModel.sha256(), readWorkload.sha256()));
    }

    /** Plans the {@link #problem} of these inputs without limit on one thread; printing the answer shows the plan. */
    public static PlanAnswer plan(Cluster cluster, String model, String workload) {
        return plan(problem(cluster, model, workload), SolveControl.unlimited());
    }

    /** Plans with the default planner, cost model and options; same problem without a time limit, same answer. */
    public static PlanAnswer plan(PlanningProblem problem, SolveControl control) {
        CostModel costs = Strategies.named(CostModelFactory.class, "roofline").create(problem);
        Planner planner = Strategies.named(Planner.class, "partiflow");
        return new PlanAnswer(
                problem, planner.plan(new PlanningRequest(problem, costs, PlanningOptions.DEFAULT, control)));
    }
}
