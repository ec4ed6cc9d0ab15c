package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.KvShare;

/** A pattern in a phase as a column of the pattern LP: rate, GPUs per class, share of the KV caches per class. Immutable. */
final class PatternColumns {
    /**
     * A column.
     *
     * @param pattern number of the pattern in its space
     * @param phase what it does
     * @param zone where it is
     * @param rate requests per second
     * @param classes distinct classes, ascending
     * @param gpus GPUs of each class
     * @param kvRequests requests per second whose caches it keeps on each class; 0 for colocated groups
     */
    @SuppressWarnings("ArrayRecordComponent") // hot in planning; never written to after construction
    record Column(int pattern, Phase phase, int zone, double rate, int[] classes, double[] gpus, double[] kvRequests) {
        Column in(int otherZone) {
            return otherZone == zone ? this : new Column(pattern, phase, otherZone, rate, classes, gpus, kvRequests);
        }
    }

    private PatternColumns() {}

    /** All columns that can serve in one of these phases. */
    static List<Column> of(PlanningProblem problem, PatternRates rates, ClassLinks links, List<Phase> phases) {
        List<Column> columns = new ArrayList<>();
        List<ClassPattern> patterns = rates.space.patterns();
        for (int p = 0; p < patterns.size(); p++) {
            for (Phase phase : phases) {
                if (rates.strategy(phase, p).isFeasible()) {
                    Column column = column(problem, rates, links, p, phase);
                    for (int zone : zones(rates.space.nodes(), column)) {
                        columns.add(column.in(zone));
                    }
                }
            }
        }
        return columns;
    }

    /**
     * The zones in whose rows a column counts: its own. A group over several zones may count in any: taken where its
     * partner is, its flow crosses no link between zones, so that no real flow is ruled out.
     */
    private static int[] zones(ClassNodes nodes, Column column) {
        boolean local = Arrays.stream(column.classes()).allMatch(c -> nodes.zone(c) == column.zone());
        return local || column.phase() == Phase.COLOCATED
                ? new int[] {column.zone()}
                : IntStream.range(0, nodes.zones.size()).toArray();
    }

    private static Column column(PlanningProblem problem, PatternRates rates, ClassLinks links, int p, Phase phase) {
        ClassPattern pattern = rates.space.patterns().get(p);
        ClassNodes nodes = rates.space.nodes();
        double[] shares = phase == Phase.COLOCATED
                ? new double[0]
                : KvShare.byPart(problem.model(), rates.strategy(phase, p), pattern.counts());
        double rate = rates.rate(phase, p);
        for (int i = 0; i < shares.length; i++) {
            int c = pattern.classes()[i];
            // A group that takes a whole node has no partner on it: all that it keeps there passes the NIC.
            if (pattern.counts()[i] == nodes.mostPerNode(c) && shares[i] > 0) {
                rate = Math.min(rate, links.nodeRequests[c] / shares[i]);
            }
        }
        int[] classes = Arrays.stream(pattern.classes()).distinct().toArray();
        double[] gpus = new double[classes.length];
        double[] kvRequests = new double[classes.length];
        int k = 0;
        for (int i = 0; i < pattern.parts(); i++) {
            k += i > 0 && pattern.classes()[i] != pattern.classes()[i - 1] ? 1 : 0;
            gpus[k] += pattern.counts()[i];
            kvRequests[k] += shares.length == 0 ? 0 : rate * shares[i];
        }
        return new Column(p, phase, nodes.zone(classes[0]), rate, classes, gpus, kvRequests);
    }
}
