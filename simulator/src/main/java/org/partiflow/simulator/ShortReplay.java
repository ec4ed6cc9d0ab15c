package org.partiflow.simulator;

import java.util.Optional;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.spi.PlanReplay;

/**
 * Two replays of a few thousand requests: at 1.5 times the plan's throughput, and at 80 % of it. The first 40 % are
 * warm-up, in which a saturated plan must have filled its batches: the more sequences a plan holds, the more requests are
 * replayed, and above {@value #MOST_REQUESTS} there is no outcome. Stateless and thread-safe.
 */
public final class ShortReplay implements PlanReplay {
    private static final int LEAST_REQUESTS = 2_000;
    private static final int MOST_REQUESTS = 12_000;
    private static final int TURNS = 8;
    private static final double WARM_UP = 0.4;
    private static final double LOAD = 0.8;
    private static final long MOST_EVENTS = 300_000;
    /** Measured between seeds: see docs/adr/0018-replay-decides.md. */
    private static final Noise NOISE = new Noise(0.04, 0.1);

    @Override
    public String name() {
        return "short-replay";
    }

    @Override
    public String description() {
        return "a few thousand requests at 1.5 and at 0.8 times the plan's throughput";
    }

    @Override
    public Optional<Outcome> findOutcome(Request request) {
        int requests = requests(request.plan());
        double planned = request.plan().throughput().requestsPerSecond();
        if (requests > MOST_REQUESTS || !(planned > 0)) {
            return Optional.empty();
        }
        SimulationOptions options = SimulationOptions.DEFAULT
                .withExtent(Extent.ofRequests(requests))
                .withSeed(request.seed())
                .withWarmUpShare(WARM_UP);
        SimulationOptions full = options.withLoad(OfferedLoad.saturating()).withDrain(false);
        SimulationOptions most = options.withLoad(OfferedLoad.atRate(LOAD * planned));
        return run(request, full)
                .flatMap(saturated -> run(request, most)
                        .map(loaded -> new Outcome(
                                saturated.report().throughput().requestsPerSecond(),
                                loaded.report().latency().endToEndSeconds().p90(),
                                NOISE)));
    }

    /** As many as make a saturated plan's batches turn over several times, at least {@value #LEAST_REQUESTS}. */
    private static int requests(ServingPlan plan) {
        long sequences = plan.groups().stream()
                .mapToLong(group -> Math.max(group.batch(), group.stages().size()))
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_REQUESTS, TURNS * sequences));
    }

    private static Optional<SimulationResult> run(Request request, SimulationOptions options) {
        SolveControl control =
                new SolveControl(MOST_EVENTS, Optional.empty(), 1, request.cancellation(), ProgressListener.SILENT);
        SimulationResult result = new Simulator()
                .run(new SimulationRequest(request.problem(), request.costModel(), request.plan(), options, control));
        return Optional.of(result).filter(r -> r.termination().reason().equals("CONVERGED"));
    }
}
