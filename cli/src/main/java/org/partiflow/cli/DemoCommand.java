package org.partiflow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.cli.run.Demo;
import org.partiflow.cli.run.Interruption;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.ProgressView;
import org.partiflow.cli.text.PlanText;
import org.partiflow.cli.text.SimulationText;
import org.partiflow.io.OutputException;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.SimulationWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow demo}. */
@Command(
        name = "demo",
        description = "Plans, checks and simulates the bundled mixed-20 cluster with Llama-2-70B; writes a report.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "partiflow-demo",
            description = "Directory for report.html, plan.json, report.json and cluster.yaml."
                    + " Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("partiflow-demo");

    @Override
    public Integer call() {
        createDirectory();
        OutputFiles.require(Demo.outputs(out), List.of());
        Demo demo = new Demo();
        try (Interruption interruption = Interruption.listen(spec.commandLine().getErr())) {
            PlanningResult result;
            try (ProgressView progress = ProgressView.start("Planning")) {
                result = demo.plan(interruption.token(), progress);
            }
            if (result instanceof PlanningResult.Planned planned) {
                return simulate(demo, planned.plan(), interruption);
            }
            spec.commandLine()
                    .getErr()
                    .println("partiflow: no feasible plan: " + ((PlanningResult.Infeasible) result).reason());
            return interruption.happened() ? ExitCodes.INTERRUPTED : ExitCodes.FAILED;
        }
    }

    private int simulate(Demo demo, ServingPlan plan, Interruption interruption) {
        List<Violation> violations = PlanChecker.violations(demo.problem(), demo.costModel(), plan);
        SimulationResult run;
        try (ProgressView progress = ProgressView.start("Simulating")) {
            run = demo.simulate(plan, interruption.token(), progress);
        }
        demo.write(plan, run, out);
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.print(PlanText.of(demo.problem(), plan));
        stdout.println("Check        " + (violations.isEmpty() ? "passed" : violations.size() + " violation(s)"));
        violations.forEach(stdout::println);
        stdout.println("\nSimulated at " + Numbers.round(demo.rate(plan)) + " req/s, " + Demo.SETTING + ":\n");
        stdout.print(SimulationText.of(run.report()));
        SimulationWords.overload(demo.rate(plan), run).ifPresent(overload -> stdout.println("Overload    " + overload));
        return finish(violations, interruption);
    }

    private int finish(List<Violation> violations, Interruption interruption) {
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.println("\nReport      " + out.resolve(Demo.REPORT) + "  (open it in a browser)");
        stdout.println("Next        ./partiflow plan --cluster " + out.resolve(Demo.CLUSTER)
                + " --model llama-3.1-70b --workload LPHD");
        stdout.flush();
        if (interruption.happened()) {
            spec.commandLine().getErr().println("partiflow: interrupted; what was found so far was written to " + out);
            return ExitCodes.INTERRUPTED;
        }
        return violations.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void createDirectory() {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new OutputException("cannot create the directory '" + out + "'; choose another with --out", e);
        }
    }
}
