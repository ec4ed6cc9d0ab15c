package org.partiflow.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.GroupPerformance;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.io.Catalogue;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.simulator.Simulator;

/**
 * Time and memory of replaying LPHD with Llama-2-70B over 12 prefill and 20 decode groups of four H100 each, every prefill
 * group sending to every decode group, at 90 % of the plan's throughput.
 *
 * <p>Arguments: {@code requests NIC-Gbit/s repeats}. Prints CPU seconds of the thread, events and used heap.
 */
public final class SimulatorSpeed {
    private static final int PREFILL = 12;
    private static final int DECODE = 20;
    private static final int GPUS = 4;
    private static final double LOAD = 0.9;
    private static final double NANOS = 1e9;

    private SimulatorSpeed() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        int requests = Integer.parseInt(arguments[0]);
        double gigabits = Double.parseDouble(arguments[1]);
        int repeats = Integer.parseInt(arguments[2]);
        PlanningProblem problem = problem(gigabits);
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        ServingPlan plan = plan(problem, costModel);
        SimulationOptions options = SimulationOptions.DEFAULT
                .withLoad(OfferedLoad.atRate(LOAD * plan.throughput().requestsPerSecond()))
                .withExtent(Extent.ofRequests(requests));
        for (int i = 0; i < repeats; i++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            SimulationResult result = new Simulator().run(SimulationRequest.of(problem, costModel, plan, options));
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / NANOS;
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    Locale.ROOT,
                    "%d requests, %.2f s of CPU, %d events, %.0f MB of heap, served %.1f of %.1f req/s%n",
                    requests,
                    seconds,
                    result.termination().evaluations(),
                    (runtime.totalMemory() - runtime.freeMemory()) / 1e6,
                    result.report().throughput().requestsPerSecond(),
                    LOAD * plan.throughput().requestsPerSecond());
        }
    }

    private static PlanningProblem problem(double gigabits) {
        GpuType gpu = Catalogue.findGpuType("H100-SXM-80GB").orElseThrow();
        Link link = new Link(LinkKind.NVSWITCH, Bandwidth.ofGigabytesPerSecond(450), Duration.ofNanos(2000));
        Nic nic = new Nic(new Bandwidth(gigabits * NANOS / 8), Duration.ofNanos(10_000));
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < PREFILL + DECODE; i++) {
            nodes.add(new Node("n" + i, gpu, GPUS, "z", link, nic, 1));
        }
        return PlanningProblem.of(
                new Cluster("speed", nodes, Fabric.NIC_ONLY, List.of()),
                Catalogue.findModel("llama-2-70b").orElseThrow().value(),
                Catalogue.findWorkload("LPHD").orElseThrow().value());
    }

    private static ServingPlan plan(PlanningProblem problem, CostModel costModel) {
        GroupEvaluator evaluator = new GroupEvaluator(problem, costModel);
        List<ServingGroup> groups = new ArrayList<>();
        double prefill = 0;
        double decode = 0;
        for (int i = 0; i < PREFILL + DECODE; i++) {
            ServingGroup group = group(problem, evaluator, i);
            groups.add(group);
            prefill += i < PREFILL ? group.capacityRequestsPerSecond() : 0;
            decode += i < PREFILL ? 0 : group.capacityRequestsPerSecond();
        }
        List<Route> routes = new ArrayList<>();
        double rate = Math.min(prefill, decode);
        for (int p = 0; p < PREFILL; p++) {
            for (int d = 0; d < DECODE; d++) {
                double flow = rate / PREFILL / DECODE;
                routes.add(new Route("g" + p, "g" + (PREFILL + d), flow, flow, 1.0 / DECODE, "rdma-gdr"));
            }
        }
        ServingPlan.Input none = new ServingPlan.Input("none", "");
        return new ServingPlan(
                new ServingPlan.Generator("none", "none", "none", "none", "THROUGHPUT", 0),
                new ServingPlan.Inputs(none, none, none, costModel.id()),
                groups,
                routes,
                new ServingPlan.Throughput(rate, rate, rate),
                new ServingPlan.Certificate(rate, 0, "none", List.of()),
                List.of(),
                new ServingPlan.Cost(1, 1),
                List.of(),
                new ServingPlan.Termination("CONVERGED", null, 0),
                List.of());
    }

    private static ServingGroup group(PlanningProblem problem, GroupEvaluator evaluator, int index) {
        Phase phase = index < PREFILL ? Phase.PREFILL : Phase.DECODE;
        int[] gpus = new int[GPUS];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < GPUS; i++) {
            gpus[i] = index * GPUS + i;
            names.add(problem.cluster().gpuName(gpus[i]));
        }
        int layers = problem.model().layers();
        List<KvTraffic.Holder> stages = List.of(new KvTraffic.Holder(gpus, 0, layers));
        int batch = phase == Phase.PREFILL ? 8 : evaluator.maxBatch(phase, 1);
        GroupPerformance performance = evaluator.evaluate(phase, stages, batch);
        return new ServingGroup(
                "g" + index,
                phase,
                List.of(new Stage(names, 0, layers - 1)),
                batch,
                performance.capacityRequestsPerSecond(),
                performance.capacityRequestsPerSecond(),
                performance.latencySeconds(),
                performance.weightBytesPerGpu(),
                performance.kvCapacityTokens());
    }
}
