package org.partiflow.solvers.genetic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.placement.Candidate;
import org.partiflow.solvers.placement.Candidates;

/**
 * HexGen's genetic algorithm (Jiang et al., ICML 2024, arXiv 2311.11514; settings from its published code): every
 * generation mutates random members of the population, and the next population is the best few and winners of
 * tournaments among old and new. No crossover, as published. Deterministic in the seed. Not thread-safe.
 */
final class GeneticSearch {
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.<Candidate>naturalOrder().reversed();

    private final Candidates candidates;
    private final GeneticSettings settings;
    private final SplittableRandom random;
    private final FirstGeneration first;
    private final Mutation mutation;

    GeneticSearch(Candidates candidates, List<Phase> phases, GeneticSettings settings) {
        this.candidates = candidates;
        this.settings = settings;
        random = new SplittableRandom(candidates.request().options().seed());
        Cluster cluster = candidates.request().problem().cluster();
        GroupMemory memory = new GroupMemory(candidates.request().problem());
        first = new FirstGeneration(cluster, candidates.classes(), candidates.groups(), phases, memory, random.split());
        mutation =
                new Mutation(cluster, candidates.groups(), phases, settings.mergeProbability(), memory, random.split());
    }

    /** The best candidate that was seen; {@code null} if the limits allow none. */
    @Nullable
    Candidate best(List<Candidate> starts) {
        List<Candidate> population = new ArrayList<>(starts.subList(0, Math.min(settings.population(), starts.size())));
        while (population.size() < settings.population() && (mayGoOn() || population.isEmpty())) {
            population.add(candidates.evaluate(first.next()));
        }
        population.sort(BEST_FIRST);
        candidates.report(population.get(0));
        for (int generation = 0; generation < settings.generations() && mayGoOn(); generation++) {
            List<Candidate> all = new ArrayList<>(population);
            for (int i = 0; i < settings.offspring() && mayGoOn(); i++) {
                Candidate parent = population.get(random.nextInt(population.size()));
                all.add(candidates.evaluate(mutation.of(parent.groups())));
            }
            Candidate best = population.get(0);
            population = selected(all);
            if (population.get(0).isBetterThan(best)) {
                candidates.report(population.get(0));
            }
        }
        return population.get(0);
    }

    /** The elite, then tournament winners, best first. */
    private List<Candidate> selected(List<Candidate> all) {
        all.sort(BEST_FIRST);
        List<Candidate> selected = new ArrayList<>(all.subList(0, Math.min(settings.elite(), all.size())));
        while (selected.size() < Math.min(settings.population(), all.size())) {
            int winner = all.size();
            for (int i = 0; i < settings.tournament(); i++) {
                winner = Math.min(winner, random.nextInt(all.size()));
            }
            selected.add(all.get(winner));
        }
        selected.sort(BEST_FIRST);
        return selected;
    }

    private boolean mayGoOn() {
        return candidates.budget().mayGoOn();
    }
}
