package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.KvShare;

/**
 * The columns of the node LP: cuts of one node of a kind (class and size), and groups that take several whole nodes.
 * Immutable.
 */
final class CutColumns {
    /** Nodes of one class and size. */
    record Kind(int nodeClass, int gpus) {}

    /**
     * A column.
     *
     * @param kinds kinds of the nodes that it takes, one entry per node
     * @param cut how a single node is cut; for several nodes, one group of everything
     * @param zone where it is
     * @param prefill requests per second, NICs considered
     * @param decode requests per second, NICs considered
     * @param colocated requests per second
     */
    record Column(List<Integer> kinds, NodeCut cut, int zone, double prefill, double decode, double colocated) {}

    final List<Kind> kinds = new ArrayList<>();
    final List<Column> columns = new ArrayList<>();
    private final PatternRates rates;
    private final ClassLinks links;
    private final double stagingSeconds;

    /**
     * @param stagingSeconds how long a cache is reserved before its request decodes
     */
    CutColumns(
            PlanningProblem problem, PatternRates rates, ClassLinks links, List<Phase> phases, double stagingSeconds) {
        this.rates = rates;
        this.links = links;
        this.stagingSeconds = stagingSeconds;
        ClassNodes nodes = rates.space.nodes();
        for (int c = 0; c < nodes.count(); c++) {
            for (int node : nodes.nodes(c)) {
                Kind kind = new Kind(c, nodes.cluster.node(node).count());
                if (!kinds.contains(kind)) {
                    kinds.add(kind);
                }
            }
        }
        int[][] single = singleNodePatterns(nodes);
        for (int k = 0; k < kinds.size(); k++) {
            addCuts(k, single[kinds.get(k).nodeClass()], phases);
        }
        addWholes(problem, phases);
    }

    private double rate(Phase phase, int pattern) {
        GroupStrategy strategy = rates.strategy(phase, pattern);
        return phase == Phase.DECODE && strategy.isFeasible()
                ? strategy.stagedRequestsPerSecond(stagingSeconds)
                : strategy.requestsPerSecond();
    }

    private int[][] singleNodePatterns(ClassNodes nodes) {
        int[][] single = new int[nodes.count()][];
        for (int c = 0; c < single.length; c++) {
            single[c] = new int[nodes.mostPerNode(c) + 1];
        }
        List<ClassPattern> patterns = rates.space.patterns();
        for (int p = 0; p < patterns.size(); p++) {
            ClassPattern pattern = patterns.get(p);
            if (pattern.parts() == 1) {
                single[pattern.classes()[0]][pattern.counts()[0]] = p;
            }
        }
        return single;
    }

    private void addCuts(int kind, int[] patterns, List<Phase> phases) {
        int nodeClass = kinds.get(kind).nodeClass();
        double nic = links.nodeRequests[nodeClass];
        int zone = rates.space.nodes().zone(nodeClass);
        for (NodeCut cut : NodeCuts.of(kinds.get(kind).gpus(), phases, singleNodeRates(patterns))) {
            columns.add(new Column(
                    List.of(kind), cut, zone, cut.prefillThrough(nic), cut.decodeThrough(nic), cut.colocated()));
        }
    }

    private NodeCuts.Rates singleNodeRates(int[] patterns) {
        return new NodeCuts.Rates() {
            @Override
            public double requestsPerSecond(int count, Phase phase) {
                return rate(phase, patterns[count]);
            }

            @Override
            public double latencySeconds(int count, Phase phase) {
                return rates.strategy(phase, patterns[count]).latencySeconds();
            }
        };
    }

    private void addWholes(PlanningProblem problem, List<Phase> phases) {
        List<ClassPattern> patterns = rates.space.patterns();
        for (int p = 0; p < patterns.size(); p++) {
            ClassPattern pattern = patterns.get(p);
            List<Integer> used = new ArrayList<>();
            for (int i = 0; i < pattern.parts(); i++) {
                used.add(kinds.indexOf(new Kind(pattern.classes()[i], pattern.counts()[i])));
            }
            if (pattern.parts() > 1 && !used.contains(-1)) {
                for (Phase phase : phases) {
                    addWhole(problem, p, phase, used);
                }
            }
        }
    }

    private void addWhole(PlanningProblem problem, int p, Phase phase, List<Integer> used) {
        double rate = rate(phase, p);
        if (rate == 0) {
            return;
        }
        ClassPattern pattern = rates.space.patterns().get(p);
        double[] shares = KvShare.byPart(problem.model(), rates.strategy(phase, p), pattern.counts());
        for (int i = 0; phase != Phase.COLOCATED && i < shares.length; i++) {
            rate = shares[i] > 0 ? Math.min(rate, links.nodeRequests[pattern.classes()[i]] / shares[i]) : rate;
        }
        NodeCut cut = NodeCut.NOTHING.with(
                pattern.gpus(), phase, rate, rates.strategy(phase, p).latencySeconds());
        int zone = rates.space.nodes().zone(pattern.classes()[0]);
        columns.add(new Column(used, cut, zone, cut.prefill(), cut.decode(), cut.colocated()));
    }
}
