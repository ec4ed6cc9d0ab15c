package org.partiflow.solvers.helix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.api.layers.MachineType;
import org.partiflow.solvers.strategy.NodeClasses;

/**
 * A cluster as machines of a layer problem: every node is cut into tensor-parallel sets of one degree, what is left over
 * into smaller ones. Links are those between the first GPUs of two machines. Immutable.
 */
final class ClusterMachines {
    /** What the source and the sink can pass: more than any machine. */
    private static final double UNLIMITED = 1e12;

    private static final int BYTES_PER_VALUE = 2;

    private final LayerProblem problem;
    private final int[] node;
    private final int[] degree;

    private ClusterMachines(LayerProblem problem, int[] node, int[] degree) {
        this.problem = problem;
        this.node = node;
        this.degree = degree;
    }

    /** The cluster in sets of {@code most} GPUs, a power of two; {@code null} if no set can hold a layer. */
    static @Nullable ClusterMachines of(PlanningProblem planning, NodeClasses classes, MachineRates rates, int most) {
        Cluster cluster = planning.cluster();
        Map<List<Integer>, double[]> known = new LinkedHashMap<>();
        List<int[]> machines = new ArrayList<>();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            int left = cluster.node(n).count();
            for (int size = most; size >= 1; size /= 2) {
                for (; left >= size; left -= size) {
                    int first = cluster.firstGpu(n);
                    int[] gpus = new int[size];
                    Arrays.setAll(gpus, i -> first + i);
                    List<Integer> kind = List.of(classes.classOf(n), size);
                    double[] table = known.computeIfAbsent(kind, k -> rates.of(gpus));
                    if (table.length > 0) {
                        machines.add(new int[] {n, size, new ArrayList<>(known.keySet()).indexOf(kind)});
                    }
                }
            }
        }
        return machines.isEmpty()
                ? null
                : new ClusterMachines(
                        problem(planning, rates, known, machines),
                        machines.stream().mapToInt(m -> m[0]).toArray(),
                        machines.stream().mapToInt(m -> m[1]).toArray());
    }

    private static LayerProblem problem(
            PlanningProblem planning, MachineRates rates, Map<List<Integer>, double[]> known, List<int[]> machines) {
        List<MachineType> types = new ArrayList<>();
        int[] typeOfKind = new int[known.size()];
        int kind = 0;
        for (Map.Entry<List<Integer>, double[]> entry : known.entrySet()) {
            typeOfKind[kind++] = types.size();
            if (entry.getValue().length > 0) {
                types.add(new MachineType(
                        "class" + entry.getKey().get(0) + "x" + entry.getKey().get(1), entry.getValue()));
            }
        }
        List<String> ids = new ArrayList<>();
        int[] typeOf = new int[machines.size()];
        for (int m = 0; m < typeOf.length; m++) {
            ids.add(String.valueOf(m));
            typeOf[m] = typeOfKind[machines.get(m)[2]];
        }
        return new LayerProblem(
                planning.cluster().name(),
                planning.model().name(),
                planning.model().layers(),
                types,
                ids,
                typeOf,
                links(planning, machines));
    }

    private static double[][] links(PlanningProblem planning, List<int[]> machines) {
        Cluster cluster = planning.cluster();
        int count = machines.size();
        double bytes = (double) planning.model().hidden() * BYTES_PER_VALUE;
        double[][] links = new double[count + 2][count + 2];
        for (int a = 0; a < count; a++) {
            links[count][a] = UNLIMITED;
            links[a][count + 1] = UNLIMITED;
            for (int b = 0; b < count; b++) {
                int from = cluster.firstGpu(machines.get(a)[0]);
                int to = cluster.firstGpu(machines.get(b)[0]);
                boolean inside = from == to;
                links[a][b] =
                        a == b || inside && cluster.node(machines.get(a)[0]).count() < 2
                                ? 0
                                : cluster.link(from, inside ? to + 1 : to).bytesPerSecond() / bytes;
            }
        }
        return links;
    }

    LayerProblem problem() {
        return problem;
    }

    /** The node that a machine is part of. */
    int node(int machine) {
        return node[machine];
    }

    /** GPUs of a machine. */
    int degree(int machine) {
        return degree[machine];
    }
}
