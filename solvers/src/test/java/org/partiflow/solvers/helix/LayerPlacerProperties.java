package org.partiflow.solvers.helix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.layers.LayerNetwork;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.api.layers.MachineType;
import org.partiflow.solvers.flow.PushRelabelSolver;

class LayerPlacerProperties {
    private static final PlacementOptions QUICK = new PlacementOptions(0, 4, 1_500, 1);

    /** On tiny clusters the placer finds what trying everything finds, and its bound is never below. */
    @Property(tries = 40, shrinking = ShrinkingMode.OFF, seed = "7")
    void equalsTryingEverything(@ForAll long seed) {
        LayerProblem problem = random(new Random(seed), 3, 5);
        double best = greatest(problem);
        LayerPlacementResult result = new LayerPlacer(QUICK).place(problem, SolveControl.unlimited());
        if (result == null) {
            assertThat(best).isZero();
            return;
        }
        assertThat(result.tokensPerSecond()).isCloseTo(best, within(1e-6 * best));
        assertThat(result.upperBound()).isGreaterThanOrEqualTo(best * (1 - 1e-9));
        if (result.proven()) {
            assertThat(result.upperBound()).isCloseTo(best, within(1e-5 * best));
        }
    }

    /** The search values placements as the general network does. */
    @Property(tries = 60, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void searchValueIsTheMaxFlow(@ForAll long seed) {
        Random random = new Random(seed);
        LayerProblem problem = random(random, 6, 8);
        PlacementValue value = new PlacementValue(problem);
        for (int k = 0; k < 10; k++) {
            LayerPlacement placement = placement(problem, random);
            value.solve(placement.start(), placement.end());
            assertThat(value.flow()).isCloseTo(flow(problem, placement), within(1e-6));
        }
    }

    @Property(tries = 30, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void sameSeedSameResult(@ForAll long seed) {
        LayerProblem problem = random(new Random(seed), 5, 7);
        LayerPlacer placer = new LayerPlacer(new PlacementOptions(0.04, 2, 400, seed));
        assertThat(placer.place(problem, SolveControl.unlimited()))
                .isEqualTo(placer.place(problem, SolveControl.unlimited()));
    }

    @Example
    void copiesBesideEachOtherAreFound() {
        // Whole copies beside each other: 100 each. In a row, machines would be faster, but there are fewer rows.
        MachineType type = new MachineType("t", new double[] {109, 105, 102, 100});
        LayerProblem problem = uniform(4, List.of(type, type, type, type), 1e9);
        LayerPlacementResult discounted =
                new LayerPlacer(new PlacementOptions(0.04, 4, 3_000, 1)).place(problem, SolveControl.unlimited());
        assertThat(discounted).isNotNull();
        // Four copies beside each other beat any chain, with and without the discount.
        assertThat(discounted.tokensPerSecond()).isCloseTo(400, within(1e-6));
        assertThat(discounted.meanLength()).isEqualTo(1);
    }

    @Example
    void tooFewLayersIsNoPlacement() {
        LayerProblem problem = uniform(9, List.of(new MachineType("t", new double[] {5, 4})), 1e9);
        assertThat(new LayerPlacer(QUICK).place(problem, SolveControl.unlimited()))
                .isNull();
    }

    @Example
    void cancelledAtTheStartItReturnsAStart() {
        CancellationToken cancelled = new CancellationToken();
        cancelled.cancel();
        MachineType type = new MachineType("t", new double[] {5, 4});
        LayerPlacementResult result = new LayerPlacer(QUICK)
                .place(
                        uniform(2, List.of(type, type), 1e9),
                        new SolveControl(
                                Long.MAX_VALUE, java.util.Optional.empty(), 1, cancelled, ProgressListener.SILENT));
        assertThat(result).isNotNull();
        assertThat(result.reason()).isEqualTo("CANCELLED");
        assertThat(result.tokensPerSecond()).isPositive();
    }

    @Example
    void illegalPlacementsAreRefused() {
        MachineType type = new MachineType("t", new double[] {5, 4});
        LayerProblem problem = uniform(4, List.of(type), 1e9);
        assertThatThrownBy(() -> LayerNetwork.of(problem, new LayerPlacement(new int[] {0}, new int[] {3})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 2 layers");
    }

    private static LayerProblem uniform(int layers, List<MachineType> types, double link) {
        int machines = types.size();
        double[][] links = new double[machines + 2][machines + 2];
        for (double[] row : links) {
            Arrays.fill(row, link);
        }
        List<String> ids = new ArrayList<>();
        int[] typeOf = new int[machines];
        for (int m = 0; m < machines; m++) {
            ids.add(String.valueOf(m));
            typeOf[m] = m;
        }
        return new LayerProblem("c", "m", layers, types, ids, typeOf, links);
    }

    /** Rates that fall or not, links that bind or not, some missing. */
    private static LayerProblem random(Random random, int machines, int mostLayers) {
        int layers = 1 + random.nextInt(mostLayers);
        List<MachineType> types = new ArrayList<>();
        for (int m = 0; m < machines; m++) {
            double[] rates = new double[1 + random.nextInt(layers)];
            for (int k = 0; k < rates.length; k++) {
                rates[k] = 1 + random.nextInt(100) / (double) (k + 1);
            }
            types.add(new MachineType("t" + m, rates));
        }
        LayerProblem problem = uniform(layers, types, 1e9);
        if (random.nextBoolean()) {
            return problem;
        }
        double[][] links = new double[machines + 2][machines + 2];
        List<String> ids = new ArrayList<>();
        int[] typeOf = new int[machines];
        for (int a = 0; a < links.length; a++) {
            for (int b = 0; b < links.length; b++) {
                links[a][b] = random.nextInt(5) == 0 ? 0 : random.nextInt(120);
            }
        }
        for (int m = 0; m < machines; m++) {
            ids.add(String.valueOf(m));
            typeOf[m] = m;
        }
        return new LayerProblem("c", "m", layers, types, ids, typeOf, links);
    }

    private static LayerPlacement placement(LayerProblem problem, Random random) {
        int[] start = new int[problem.machines()];
        int[] end = new int[problem.machines()];
        for (int m = 0; m < start.length; m++) {
            start[m] = random.nextInt(problem.layers());
            int most = Math.min(problem.type(m).maxLayers(), problem.layers() - start[m]);
            end[m] = start[m] + 1 + random.nextInt(most);
        }
        return new LayerPlacement(start, end);
    }

    private static double flow(LayerProblem problem, LayerPlacement placement) {
        return LayerNetwork.tokensPerSecond(new PushRelabelSolver()
                .solve(LayerNetwork.of(problem, placement).network()));
    }

    private static double greatest(LayerProblem problem) {
        int[] start = new int[problem.machines()];
        int[] end = new int[problem.machines()];
        Arrays.fill(start, -1);
        Arrays.fill(end, -1);
        return greatest(problem, start, end, 0);
    }

    private static double greatest(LayerProblem problem, int[] start, int[] end, int machine) {
        if (machine == problem.machines()) {
            return flow(problem, new LayerPlacement(start, end));
        }
        double best = 0;
        for (int s = 0; s < problem.layers(); s++) {
            int most = Math.min(problem.type(machine).maxLayers(), problem.layers() - s);
            for (int e = s + 1; e <= s + most; e++) {
                start[machine] = s;
                end[machine] = e;
                best = Math.max(best, greatest(problem, start, end, machine + 1));
            }
        }
        return best;
    }
}
