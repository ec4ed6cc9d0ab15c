package org.partiflow.cli.run;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.Catalogue;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.Loaded;
import org.partiflow.io.PlanWriter;
import org.partiflow.io.ReportWriter;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.simulator.Simulator;
import org.partiflow.studies.report.LatencyCurves;
import org.partiflow.studies.report.PlanReport;
import org.partiflow.studies.report.PlanReportHtml;
import org.partiflow.studies.report.SimulatedRun;
import org.partiflow.studies.words.SimulationWords;

/** The bundled example: mixed-20, Llama-2-70B, HPHD. */
public final class Demo {
    /** File name of the report. */
    public static final String REPORT = "report.html";
    /** File name of the cluster. */
    public static final String CLUSTER = "cluster.yaml";
    /** The simulated load in words. */
    public static final String SETTING = "75 % of the planned throughput";

    private static final double LOAD = 0.75;
    private static final int REQUESTS = 10_000;
    private static final String PLAN = "plan.json";
    private static final String SIMULATION = "report.json";

    private final byte[] clusterFile = resource("/org/partiflow/cli/mixed-20.yaml");
    private final PlanningProblem problem = load(clusterFile);
    private final CostModel costModel = CostModels.of(problem);

    /** What is planned. */
    public PlanningProblem problem() {
        return problem;
    }

    /** Its cost model. */
    public CostModel costModel() {
        return costModel;
    }

    /** The files that {@link #write} writes. */
    public static List<Path> outputs(Path directory) {
        return List.of(
                directory.resolve(REPORT),
                directory.resolve(PLAN),
                directory.resolve(SIMULATION),
                directory.resolve(CLUSTER));
    }

    /** Plans with the default options. */
    public PlanningResult plan(CancellationToken token, ProgressListener listener) {
        SolveControl control = new SolveControl(
                Long.MAX_VALUE, Optional.empty(), Runtime.getRuntime().availableProcessors(), token, listener);
        return Strategies.named(Planner.class, "partiflow")
                .plan(new PlanningRequest(problem, costModel, PlanningOptions.DEFAULT, control));
    }

    /** Requests per second that are offered to the plan. */
    public double rate(ServingPlan plan) {
        return LOAD * plan.throughput().requestsPerSecond();
    }

    /** Replays the plan. */
    public SimulationResult simulate(ServingPlan plan, CancellationToken token, ProgressListener listener) {
        SolveControl control = new SolveControl(Long.MAX_VALUE, Optional.empty(), 1, token, listener);
        SimulationOptions options = SimulationOptions.DEFAULT
                .withLoad(OfferedLoad.atRate(rate(plan)))
                .withExtent(Extent.ofRequests(REQUESTS));
        return new Simulator().run(new SimulationRequest(problem, costModel, plan, options, control));
    }

    /** Writes the report, the plan, the simulation and the cluster. */
    public void write(ServingPlan plan, SimulationResult run, Path directory) {
        SimulatedRun simulated = new SimulatedRun(
                SETTING,
                rate(plan),
                run.report(),
                LatencyCurves.of(run, SimulationOptions.DEFAULT.warmUpShare()),
                SimulationWords.overload(rate(plan), run));
        String html = PlanReportHtml.write(new PlanReport(problem, plan, Optional.of(simulated)));
        new PlanWriter().write(plan, directory.resolve(PLAN));
        new ReportWriter().write(run.report(), directory.resolve(SIMULATION));
        AtomicFiles.write(directory.resolve(CLUSTER), clusterFile);
        AtomicFiles.write(directory.resolve(REPORT), html.getBytes(StandardCharsets.UTF_8));
    }

    private static PlanningProblem load(byte[] clusterFile) {
        Validation<Seq<FileProblem>, Loaded<Cluster>> read = new ClusterReader().read(CLUSTER, clusterFile);
        if (read.isInvalid()) {
            throw new InvalidFileException(read.getError().asJava());
        }
        Loaded<Cluster> cluster = read.get();
        Loaded<TransformerModel> model = Catalogue.findModel("llama-2-70b").orElseThrow();
        Loaded<Workload> workload = Catalogue.findWorkload("HPHD").orElseThrow();
        return new PlanningProblem(
                cluster.value(),
                model.value(),
                workload.value(),
                ServingOptions.DEFAULT,
                new Provenance(cluster.sha256(), model.sha256(), workload.sha256()));
    }

    private static byte[] resource(String name) {
        try (InputStream in = Demo.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the bundled file " + name + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled file " + name + " cannot be read", e);
        }
    }
}
