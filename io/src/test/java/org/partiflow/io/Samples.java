package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.model.Precision;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.report.SimulationReport;

/** Sample files and values of the tests of this package. */
final class Samples {
    static final String CLUSTER = """
            partiflow: cluster/1
            name: sample
            gpuTypes:
              - {name: MyGPU, memory: 48 GB, memoryBandwidth: 768 GB/s, fp16: 154.8 TFLOP/s, fp8: 0 TFLOP/s, pricePerHour: 0.79 USD}
            nodes:
              - id: h0
                gpu: H100-PCIe-80GB
                count: 2
                zone: z0
                intraNode: {bandwidth: 64 GB/s, latency: 5 us, kind: PCIE}
                nic: {bandwidth: 100 Gbit/s, latency: 10 us}
                pricePerGpuHour: 3.69 USD
              - id: a0
                gpu: MyGPU
                count: 1
                zone: z1
                nic: {bandwidth: 40 Gbit/s, latency: 10 us}
            fabric:
              zones: {latency: 20 us}
              between: [{zones: [z0, z1], bandwidth: 5 Gbit/s, latency: 1 ms}]
            links:
              - {between: [h0, a0], bandwidth: 40 Gbit/s, latency: 30 us}
            """;

    static final String WORKLOAD = """
            partiflow: workload/1
            name: HPLD
            requests:
              classes: [{name: long, share: 1.0, promptTokens: 2606, outputTokens: 72}]
            arrivals: {process: poisson, rate: 5 /s}
            slo: {timeToFirstToken: 2 s, timePerOutputToken: 150 ms, attainment: 0.9}
            """;

    private Samples() {}

    static ServingPlan plan() {
        ServingPlan.Input input = new ServingPlan.Input("x", "0".repeat(64));
        return new ServingPlan(
                new ServingPlan.Generator("0.1", "spectral-kl", "push-relabel", "guided", "THROUGHPUT", 42),
                new ServingPlan.Inputs(
                        input,
                        input,
                        input,
                        "roofline",
                        new PlannedServing(Precision.FP8, Precision.FP16, 0.9, 8192, 256)),
                List.of(
                        group("p0", Phase.PREFILL, List.of("h0/0", "h0/1")),
                        group("d0", Phase.DECODE, List.of("a0/0"))),
                List.of(new Route("p0", "d0", 3.0, 9.9, 1.0, "rdma-gdr/per-layer/fp16")),
                new ServingPlan.Throughput(3.0, 216.0, 8034.0),
                new ServingPlan.Certificate(3.2, 0.0625, "patterns", List.of("p0", "p0->d0")),
                List.of(),
                new ServingPlan.Cost(28.4, 36.5),
                List.of(new ServingPlan.Alternative("colocated", 2.2)),
                new ServingPlan.Termination("CONVERGED", null, 1234),
                List.of("a warning"));
    }

    private static ServingGroup group(String id, Phase phase, List<String> gpus) {
        List<Double> weights = gpus.stream().map(gpu -> 1.25e10).toList();
        return new ServingGroup(id, phase, List.of(new Stage(gpus, 0, 79)), 4, 3.1, 3.0, 0.41, weights, 120_000);
    }

    static SimulationReport report(boolean withTargets) {
        SimulationReport.Summary summary = new SimulationReport.Summary(0.1, 0.2, 0.3, 0.4, 1.0 / 3);
        return new SimulationReport(
                new SimulationReport.Requests(10, 8, 1, 1),
                new SimulationReport.Throughput(1, 2, 3, 0.25),
                new SimulationReport.Latency(summary, summary, summary, summary, summary),
                withTargets ? Optional.of(new SimulationReport.Slo(2, 0.15, 0.9)) : Optional.empty(),
                withTargets ? Optional.of(4.5) : Optional.empty(),
                List.of(new SimulationReport.GroupUse("p0", 0.5, 3.5, 0.75)),
                List.of(new SimulationReport.LinkUse("nic:h0", 0.125)),
                withTargets ? Optional.of(new SimulationReport.Cost(10, 20, 5)) : Optional.empty(),
                withTargets
                        ? Optional.of(new SimulationReport.Confidence(0.95, 100, 0.01, 0.02, 0.03))
                        : Optional.empty());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The problems of a bad file, one text each; fails if there is none. */
    static <T> List<String> problems(Validation<Seq<FileProblem>, Loaded<T>> read) {
        return read.fold(problems -> problems.map(FileProblem::toString).asJava(), value -> {
            throw new AssertionError("expected problems, read " + value);
        });
    }

    /** The value of a good file; fails with its problems otherwise. */
    static <T> T value(Validation<Seq<FileProblem>, Loaded<T>> read) {
        return Documents.orThrow(read).value();
    }
}
