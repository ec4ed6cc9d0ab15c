package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;

/**
 * The groups that plans of a large cluster are made of: any GPUs of at most {@link #mostNodes} nodes of one zone, or all
 * GPUs of at most {@link #mostWholeNodes} nodes of one zone. Both limits are the largest that keep the number of patterns
 * (groups up to exchange of nodes of one class) below a fixed number, so they depend on how many classes there are and not
 * on how many nodes. Immutable and thread-safe.
 */
public final class PatternSpace {
    /** Most patterns of either kind, zones that look alike counted once. */
    static final int MOST_PATTERNS = 1_500;

    private static final int MOST_NODES = 8;

    private final ClassNodes nodes;
    private final int mostNodes;
    private final int mostWholeNodes;
    private final List<ClassPattern> patterns;
    /** Patterns of a plan that are not in the space by themselves. */
    private final int added;

    private PatternSpace(ClassNodes nodes, int mostNodes, int mostWholeNodes) {
        this.nodes = nodes;
        this.mostNodes = mostNodes;
        this.mostWholeNodes = mostWholeNodes;
        added = 0;
        patterns = new ArrayList<>();
        new Walk(mostNodes, false, Integer.MAX_VALUE, patterns).run();
        if (mostWholeNodes > mostNodes) {
            new Walk(mostWholeNodes, true, Integer.MAX_VALUE, patterns).run();
        }
    }

    private PatternSpace(PatternSpace space, List<ClassPattern> more) {
        nodes = space.nodes;
        mostNodes = space.mostNodes;
        mostWholeNodes = space.mostWholeNodes;
        added = more.size();
        patterns = new ArrayList<>(space.patterns);
        patterns.addAll(more);
    }

    /** The space of a cluster; empty if it has too many node classes even for groups within one node. */
    public static Optional<PatternSpace> of(Cluster cluster, NodeClasses classes) {
        ClassNodes nodes = new ClassNodes(cluster, classes);
        int parts = largest(nodes, false);
        return parts == 0
                ? Optional.empty()
                : Optional.of(new PatternSpace(nodes, parts, Math.max(parts, largest(nodes, true))));
    }

    /** Most nodes that a group may take any number of GPUs of. */
    public int mostNodes() {
        return mostNodes;
    }

    /** Most nodes that a group may take if it takes all GPUs of each; at least {@link #mostNodes}. */
    public int mostWholeNodes() {
        return mostWholeNodes;
    }

    /** Whether a group of these GPUs is in the space. O(nodes of the set). */
    public boolean contains(GpuSet set) {
        String zone =
                set.positions() == 0 ? "" : nodes.cluster.node(set.node(0)).zone();
        boolean whole = true;
        for (int i = 0; i < set.positions(); i++) {
            if (!nodes.cluster.node(set.node(i)).zone().equals(zone)) {
                return false;
            }
            whole &= set.count(i) == nodes.cluster.node(set.node(i)).count();
        }
        return set.positions() <= (whole ? mostWholeNodes : mostNodes);
    }

    /** Name of the space, for certificates. */
    public String covers() {
        return "groups of up to " + mostNodes + (mostNodes == 1 ? " node" : " nodes")
                + (mostWholeNodes > mostNodes ? ", or of up to " + mostWholeNodes + " whole nodes," : "")
                + " in a zone" + (added > 0 ? ", and groups like this plan's" : "");
    }

    /** This space and some more patterns, last in its list. */
    PatternSpace with(List<ClassPattern> more) {
        return new PatternSpace(this, more);
    }

    /** The pattern of a group. */
    ClassPattern patternOf(GpuSet set) {
        int[] classes = new int[set.positions()];
        int[] counts = new int[set.positions()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = nodes.classes.classOf(set.node(i));
            counts[i] = set.count(i);
        }
        return new ClassPattern(classes, counts);
    }

    List<ClassPattern> patterns() {
        return patterns;
    }

    ClassNodes nodes() {
        return nodes;
    }

    private static int largest(ClassNodes nodes, boolean whole) {
        int parts = 0;
        PatternSpace none = new PatternSpace(nodes, 0, 0);
        while (parts < MOST_NODES) {
            List<ClassPattern> found = new ArrayList<>();
            if (!none.new Walk(parts + 1, whole, MOST_PATTERNS * nodes.zones.size(), found).run()) {
                break;
            }
            parts++;
        }
        return parts;
    }

    /** Depth-first over parts in the order of classes, then of falling counts. */
    private final class Walk {
        private final int mostParts;
        private final boolean whole;
        private final int mostFound;
        private final List<ClassPattern> found;
        private final int[] classes;
        private final int[] counts;

        Walk(int mostParts, boolean whole, int mostFound, List<ClassPattern> found) {
            this.mostParts = mostParts;
            this.whole = whole;
            this.mostFound = mostFound;
            this.found = found;
            classes = new int[mostParts];
            counts = new int[mostParts];
        }

        /** Finds all patterns, or returns false when there are too many. */
        boolean run() {
            return mostParts == 0 || extend(0);
        }

        private boolean extend(int parts) {
            int firstClass = parts == 0 ? 0 : classes[parts - 1];
            for (int c = firstClass; c < nodes.count(); c++) {
                if (parts > 0 && nodes.zone(c) != nodes.zone(classes[0])) {
                    continue;
                }
                boolean same = parts > 0 && c == classes[parts - 1];
                for (int count = same ? counts[parts - 1] : nodes.mostPerNode(c); count >= 1; count--) {
                    classes[parts] = c;
                    counts[parts] = count;
                    if (isPossible(parts + 1) && !take(parts + 1)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private boolean take(int parts) {
            boolean listedBefore = whole && parts <= mostNodes;
            if (!listedBefore) {
                found.add(new ClassPattern(
                        java.util.Arrays.copyOf(classes, parts), java.util.Arrays.copyOf(counts, parts)));
            }
            return found.size() <= mostFound && (parts == mostParts || extend(parts));
        }

        /** Whether the class of the last part has another node that is large enough, or exactly as large. */
        private boolean isPossible(int parts) {
            int c = classes[parts - 1];
            int count = counts[parts - 1];
            int taken = 0;
            for (int i = 0; i < parts - 1; i++) {
                taken += classes[i] == c && (!whole || counts[i] == count) ? 1 : 0;
            }
            return whole ? nodes.exactly(c, count) > taken : nodes.hasNode(c, taken, count);
        }
    }
}
