package org.partiflow.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.EmpiricalLengths;
import org.partiflow.api.workload.RequestClass;

/** Draws the requests of a run: times, classes and lengths, each from its own stream. */
final class RequestSource {
    private final List<RequestClass> classes;
    private final Arrivals arrivals;
    private final SplittableRandom kinds;
    private final SplittableRandom prompts;
    private final SplittableRandom outputs;
    private final ArrivalClock clock;

    private RequestSource(List<RequestClass> classes, Arrivals arrivals, long seed) {
        this.classes = classes;
        this.arrivals = arrivals;
        kinds = RandomStreams.of(seed, "classes");
        prompts = RandomStreams.of(seed, "prompts");
        outputs = RandomStreams.of(seed, "outputs");
        clock = new ArrivalClock(arrivals, RandomStreams.of(seed, "arrivals"));
    }

    /** Draws all requests. O(requests) time and memory. */
    static RequestTable draw(SimulationRequest request) {
        SimulationOptions options = request.options();
        Arrivals arrivals = options.load().apply(request.problem().workload().arrivals(), request.plan());
        return new RequestSource(request.problem().workload().classes(), arrivals, options.seed())
                .draw(options.extent());
    }

    private RequestTable draw(Extent extent) {
        int size = 0;
        double[] times = new double[1024];
        int[] prompt = new int[1024];
        int[] output = new int[1024];
        for (double time = clock.next(); size < extent.requests() && time < extent.seconds(); time = clock.next()) {
            if (size == times.length) {
                int larger = (int) Math.min(2L * size, extent.requests());
                times = Arrays.copyOf(times, larger);
                prompt = Arrays.copyOf(prompt, larger);
                output = Arrays.copyOf(output, larger);
            }
            times[size] = time;
            drawLengths(size++, prompt, output);
        }
        return new RequestTable(Arrays.copyOf(times, size), Arrays.copyOf(prompt, size), Arrays.copyOf(output, size));
    }

    private void drawLengths(int index, int[] prompt, int[] output) {
        if (classes.size() == 1
                && arrivals.process() == Arrivals.Process.TRACE
                && classes.get(0).lengths() instanceof EmpiricalLengths rows) {
            prompt[index] = rows.prompt(index % rows.size());
            output[index] = rows.output(index % rows.size());
            return;
        }
        RequestClass chosen = chooseClass(kinds.nextDouble());
        double u = prompts.nextDouble();
        prompt[index] = chosen.lengths().samplePrompt(u);
        output[index] = chosen.lengths().sampleOutput(u, outputs.nextDouble());
    }

    private RequestClass chooseClass(double u) {
        double left = u;
        for (RequestClass requestClass : classes) {
            left -= requestClass.share();
            if (left < 0) {
                return requestClass;
            }
        }
        return classes.get(classes.size() - 1);
    }
}
