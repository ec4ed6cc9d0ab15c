package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.Signature;

/**
 * First layouts of large clusters, cell by cell. <em>Balanced</em>: all cells are packed at the one price of prefill at which
 * prefill and decode balance over the cluster; of the two packings around that price each cell takes the one that helps.
 * <em>Self-sufficient</em>: each cell is packed at the price at which its own groups, with its own links, carry most. Not
 * thread-safe.
 */
final class CellStarts {
    private static final int BISECTIONS = 14;

    private final Cells cells;
    private final Evaluator evaluator;
    private final List<GpuSet> cut;
    private final GpuSet none;
    private double balancedPrice = 0.5;

    CellStarts(Cells cells, Evaluator evaluator, List<GpuSet> cut, GpuSet none) {
        this.cells = cells;
        this.evaluator = evaluator;
        this.cut = cut;
        this.none = none;
    }

    /** The price that {@link #balanced} found. */
    double balancedPrice() {
        return balancedPrice;
    }

    List<Group> balanced() {
        double low = 0;
        double high = 1;
        List<List<Group>> left = packAll(low);
        List<List<Group>> right = packAll(high);
        for (int step = 0; step < BISECTIONS && evaluator.budget().mayGoOn(); step++) {
            double middle = (low + high) / 2;
            List<List<Group>> packed = packAll(middle);
            List<Group> all = flat(packed);
            if (Layout.supply(all, Phase.PREFILL) > Layout.supply(all, Phase.DECODE)) {
                high = middle;
                right = packed;
            } else {
                low = middle;
                left = packed;
            }
        }
        balancedPrice = (low + high) / 2;
        return mixed(left, right);
    }

    /** Starts with the packings on one side and takes that of the other wherever the sum gains. */
    private static List<Group> mixed(List<List<Group>> left, List<List<Group>> right) {
        List<Group> start = flat(left);
        double prefill = Layout.supply(start, Phase.PREFILL);
        double decode = Layout.supply(start, Phase.DECODE);
        double colocated = Layout.supply(start, Phase.COLOCATED);
        List<Group> chosen = new ArrayList<>();
        for (int cell = 0; cell < left.size(); cell++) {
            List<Group> a = left.get(cell);
            List<Group> b = right.get(cell);
            double p = prefill - Layout.supply(a, Phase.PREFILL) + Layout.supply(b, Phase.PREFILL);
            double d = decode - Layout.supply(a, Phase.DECODE) + Layout.supply(b, Phase.DECODE);
            double c = colocated - Layout.supply(a, Phase.COLOCATED) + Layout.supply(b, Phase.COLOCATED);
            if (Math.min(p, d) + c > Math.min(prefill, decode) + colocated) {
                prefill = p;
                decode = d;
                colocated = c;
                chosen.addAll(b);
            } else {
                chosen.addAll(a);
            }
        }
        return chosen;
    }

    List<Group> selfSufficient() {
        Map<Signature, Double> prices = new HashMap<>();
        List<Group> chosen = new ArrayList<>();
        for (GpuSet cell : cut) {
            Double price = prices.get(cell.signature());
            if (price == null) {
                price = bestAlone(cell);
                prices.put(cell.signature(), price);
            }
            chosen.addAll(cells.pack(cell, price));
        }
        return chosen;
    }

    private double bestAlone(GpuSet cell) {
        double low = 0;
        double high = 1;
        double bestPrice = 0;
        double most = -1;
        Set<List<Group>> tried = new HashSet<>();
        for (int step = 0; step <= BISECTIONS; step++) {
            double price = step == 0 ? 0 : step == 1 ? 1 : (low + high) / 2;
            List<Group> packed = cells.pack(cell, price);
            if (!packed.isEmpty() && tried.add(packed)) {
                double value = evaluator.evaluate(packed, none).allocation().requestsPerSecond();
                if (value > most) {
                    most = value;
                    bestPrice = price;
                }
            }
            if (step > 1) {
                boolean prefillHeavy = Layout.supply(packed, Phase.PREFILL) > Layout.supply(packed, Phase.DECODE);
                high = prefillHeavy ? price : high;
                low = prefillHeavy ? low : price;
            }
        }
        return bestPrice;
    }

    private List<List<Group>> packAll(double price) {
        List<List<Group>> packed = new ArrayList<>(cut.size());
        for (GpuSet cell : cut) {
            packed.add(cells.pack(cell, price));
        }
        return packed;
    }

    private static List<Group> flat(List<List<Group>> lists) {
        List<Group> all = new ArrayList<>();
        lists.forEach(all::addAll);
        return all;
    }
}
