package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.SloTarget;

/** Turns what happened to the requests into a report; definitions in {@code docs/algorithms/simulator.md}. */
final class Measurements {
    private final SimulationRequest request;
    private final RequestTable table;
    private final RequestRecords records;
    private final int arrived;
    private final int first;
    private final Window measured;

    Measurements(SimulationRequest request, RequestTable table, int arrived, Window steady, double end) {
        this.request = request;
        this.table = table;
        this.arrived = arrived;
        records = new RequestRecords(table, arrived);
        first = firstCounted(table, request.options());
        Window seen = steady.cutAt(end);
        measured = seesHalf(seen) ? seen : seen.extendedTo(end);
    }

    /** The first request after the warm-up. */
    static int firstCounted(RequestTable table, SimulationOptions options) {
        return Math.min(Math.max(0, table.size - 1), (int) (options.warmUpShare() * table.size));
    }

    SimulationReport report(GroupServer[] servers, FairNetwork network, long retries) {
        SimulationReport.Requests requests = requests(retries);
        SimulationReport.Latency latency = Summaries.latency(records, first, arrived);
        Optional<SimulationReport.Slo> slo = request.problem().workload().slo().map(this::slo);
        SimulationReport.Throughput throughput = throughput();
        return new SimulationReport(
                requests,
                throughput,
                latency,
                slo,
                Optional.empty(),
                groups(servers),
                network.uses(measured),
                SimulationReport.Cost.of(request.plan().cost().usdPerHour(), throughput),
                Summaries.confidence(records, first));
    }

    private boolean seesHalf(Window steady) {
        int inside = 0;
        int completed = 0;
        for (int i = first; i < arrived; i++) {
            if (table.state[i] == RequestTable.COMPLETED) {
                completed++;
                inside += steady.contains(table.finish[i]) ? 1 : 0;
            }
        }
        return 2L * inside >= completed && inside > 0;
    }

    private SimulationReport.Requests requests(long retries) {
        long[] byState = new long[RequestTable.STATES];
        for (int i = 0; i < arrived; i++) {
            byState[table.state[i]]++;
        }
        return new SimulationReport.Requests(
                arrived,
                byState[RequestTable.COMPLETED],
                byState[RequestTable.REJECTED],
                byState[RequestTable.ON_ITS_WAY],
                byState[RequestTable.LOST],
                retries,
                table.preemptions);
    }

    private SimulationReport.Throughput throughput() {
        long requests = 0;
        double output = 0;
        double total = 0;
        for (int i = 0; i < arrived; i++) {
            if (table.state[i] == RequestTable.COMPLETED && measured.contains(table.finish[i])) {
                requests++;
                output += table.wantedOutput(i);
                total += table.total(i);
            }
        }
        double seconds = measured.end() - measured.start();
        double perSecond = seconds > 0 ? 1 / seconds : 0;
        int gpus = request.problem().cluster().gpuCount();
        return new SimulationReport.Throughput(
                requests * perSecond, output * perSecond, total * perSecond, output * perSecond / gpus);
    }

    private SimulationReport.Slo slo(SloTarget target) {
        double scale = request.options().sloScale();
        double firstToken = target.timeToFirstTokenSeconds() * scale;
        double perToken = target.timePerOutputTokenSeconds() * scale;
        long met = 0;
        for (int i = first; i < arrived; i++) {
            double tpot = table.wantedOutput(i) == 1 ? 0 : records.timePerOutputTokenSeconds(i);
            met += records.timeToFirstTokenSeconds(i) <= firstToken && tpot <= perToken ? 1 : 0; // NaN misses
        }
        double attainment = arrived > first ? (double) met / (arrived - first) : 0;
        return new SimulationReport.Slo(firstToken, perToken, attainment);
    }

    private List<SimulationReport.GroupUse> groups(GroupServer[] servers) {
        List<SimulationReport.GroupUse> uses = new ArrayList<>();
        for (int i = 0; i < servers.length; i++) {
            uses.add(new SimulationReport.GroupUse(
                    request.plan().groups().get(i).id(),
                    servers[i].pipeline().utilization(measured),
                    servers[i].pipeline().meanSequences(measured),
                    servers[i].memory().peakShare()));
        }
        return uses;
    }
}
