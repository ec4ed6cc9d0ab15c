package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GroupStrategy;

/**
 * Changes phases of groups, GPUs and weights staying where they are: steepest ascent over single flips and exchanges of
 * the phases of two groups, candidates of the highest ceiling first. Flips that turn out not to be needed are taken back.
 */
final class PhaseFlips {
    private static final int FIRST_TRIED = 8;
    private static final int MOST_TRIED = 48;

    private final Tables tables;
    private final Map<Placed, Placed> originalOf = new HashMap<>();
    private final Map<Integer, Map<Phase, Optional<Placed>>> flips = new HashMap<>();

    PhaseFlips(Tables tables) {
        this.tables = tables;
    }

    /** The best that flips lead to, or the first that reaches {@code target}. */
    Valued improve(Valued start, double target) {
        Valued current = start;
        while (current.value() < target && tables.budget.mayGoOn()) {
            Valued next = step(current);
            if (next == current) {
                break;
            }
            current = next;
        }
        return withoutIdleFlips(current, Math.min(target, current.value()));
    }

    private Valued step(Valued current) {
        double least = current.value() * (1 + 1e-9);
        List<List<Placed>> candidates = candidates(current.groups());
        Map<List<Placed>, Double> ceilings = new java.util.IdentityHashMap<>();
        candidates.forEach(candidate -> ceilings.put(candidate, tables.ceiling(candidate)));
        candidates.removeIf(candidate -> ceilings.getOrDefault(candidate, 0.0) <= least);
        candidates.sort(Comparator.comparing((List<Placed> candidate) -> ceilings.getOrDefault(candidate, 0.0))
                .reversed());
        Valued best = current;
        for (int i = 0; i < Math.min(MOST_TRIED, candidates.size()); i++) {
            if (i >= FIRST_TRIED && best != current) {
                break;
            }
            Valued candidate = tables.value(candidates.get(i));
            if (candidate.value() > best.value() * (1 + 1e-9)) {
                best = candidate;
            }
        }
        return best;
    }

    private List<List<Placed>> candidates(List<Placed> groups) {
        List<List<Placed>> candidates = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            Placed group = groups.get(i);
            for (Phase phase : Phase.values()) {
                int at = i;
                flipped(group, phase).ifPresent(other -> candidates.add(replaced(groups, at, other)));
            }
            for (int j = i + 1; j < groups.size(); j++) {
                Placed second = groups.get(j);
                Optional<Placed> a = flipped(group, second.group().phase());
                Optional<Placed> b = flipped(second, group.group().phase());
                if (a.isPresent() && b.isPresent()) {
                    candidates.add(replaced(replaced(groups, i, a.get()), j, b.get()));
                }
            }
        }
        return candidates;
    }

    private Valued withoutIdleFlips(Valued reached, double enough) {
        Valued current = reached;
        for (int i = 0; i < current.groups().size(); i++) {
            Placed original = originalOf.get(current.groups().get(i));
            if (original != null) {
                Valued back = tables.value(replaced(current.groups(), i, original));
                if (back.value() >= enough) {
                    current = back;
                }
            }
        }
        return current;
    }

    private Optional<Placed> flipped(Placed group, Phase phase) {
        if (group.group().phase() == phase) {
            return Optional.empty();
        }
        return flips.computeIfAbsent(group.group().number(), number -> new HashMap<>())
                .computeIfAbsent(phase, key -> flip(group, phase));
    }

    private Optional<Placed> flip(Placed group, Phase phase) {
        Placed original = originalOf.getOrDefault(group, group);
        if (original.group().phase() == phase) {
            return Optional.of(original);
        }
        GroupStrategy shape = group.group().strategy();
        GroupStrategy strategy = tables.refitted(phase, shape.degrees(), shape.layers(), group.gpus());
        if (!strategy.isFeasible()) {
            return Optional.empty();
        }
        Placed flipped = tables.place("", phase, strategy, group.gpus());
        originalOf.put(flipped, original);
        return Optional.of(flipped);
    }

    private static List<Placed> replaced(List<Placed> groups, int at, Placed by) {
        List<Placed> changed = new ArrayList<>(groups);
        changed.set(at, by);
        return changed;
    }
}
