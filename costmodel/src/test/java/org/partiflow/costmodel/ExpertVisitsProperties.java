package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.model.FeedForward;

class ExpertVisitsProperties {
    private static final String SEED = "20261125";
    private static final double ROUNDING = 1 - 1e-12;

    /** Every order in which a token can draw its experts, one by one. */
    @Property(seed = SEED, tries = 100)
    void chancesAreThoseOfDrawingWithoutReplacement(
            @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll @IntRange(min = 1, max = 6) int drawn,
            @ForAll @DoubleRange(min = 0, max = 4) double skew) {
        int active = Math.min(count, drawn);
        double[] rates = IntStream.rangeClosed(1, count)
                .mapToDouble(i -> Math.pow(i, -skew))
                .toArray();
        double[] expected = new double[count];
        draw(rates, new boolean[count], active, 1, expected);
        ExpertVisits visits = ExpertVisits.of(experts(count, active), new ExpertRouting(skew, false));
        for (int i = 0; i < count; i++) {
            assertThat(visits.chance(i)).isCloseTo(expected[i], within(1e-7));
        }
    }

    /** Every combination of what a few tokens can draw, one expert each. */
    @Property(seed = SEED, tries = 50)
    void visitedExpertsAreTheExpectedDistinctOnes(
            @ForAll @IntRange(min = 1, max = 5) int count,
            @ForAll @IntRange(min = 0, max = 2) int doublings,
            @ForAll @DoubleRange(min = 0, max = 4) double skew) {
        int tokens = 1 << doublings;
        ExpertVisits visits = ExpertVisits.of(experts(count, 1), new ExpertRouting(skew, false));
        double expected = 0;
        for (int draws = 0; draws < Math.pow(count, tokens); draws++) {
            double chance = 1;
            boolean[] seen = new boolean[count];
            for (int token = 0, left = draws; token < tokens; token++, left /= count) {
                chance *= visits.chance(left % count);
                seen[left % count] = true;
            }
            expected += chance * IntStream.range(0, count).filter(i -> seen[i]).count();
        }
        assertThat(visits.on(1).at(tokens)).isCloseTo(expected, within(1e-6));
    }

    @Property(seed = SEED, tries = 200)
    void noSkewIsUniform(@ForAll @DoubleRange(min = 0.01, max = 1e5) double tokens) {
        FeedForward.Experts experts = experts(256, 8);
        double uniform = ExpertVisits.of(experts, ExpertRouting.UNIFORM).on(1).at(tokens);
        assertThat(uniform).isCloseTo(256 * (1 - Math.pow(1 - 8 / 256.0, tokens)), within(1e-6));
        VisitedExperts nearly =
                ExpertVisits.of(experts, new ExpertRouting(1e-9, false)).on(1);
        assertThat(nearly.at(tokens)).isBetween(0.98 * uniform, uniform * (1 + 1e-6));
    }

    /** Fewer experts are read, and the busiest GPU has more of the work, never less than its hottest expert's. */
    @Property(seed = SEED, tries = 100)
    void moreSkewConcentratesVisits(
            @ForAll @DoubleRange(min = 0, max = 4) double skew,
            @ForAll @DoubleRange(min = 0.05, max = 4) double more,
            @ForAll @IntRange(min = 0, max = 5) int doublings,
            @ForAll @DoubleRange(min = 1, max = 1e5) double tokens) {
        int degree = 1 << doublings;
        FeedForward.Experts experts = experts(64, 6);
        ExpertVisits less = ExpertVisits.of(experts, new ExpertRouting(skew, true));
        ExpertVisits skewed = ExpertVisits.of(experts, new ExpertRouting(skew + more, true));
        assertThat(skewed.on(1).at(tokens)).isLessThanOrEqualTo(less.on(1).at(tokens) * (1 + 1e-9));
        assertThat(skewed.chance(0)).isGreaterThanOrEqualTo(less.chance(0) * (1 - 1e-9));
        VisitedExperts busiest = skewed.on(degree);
        double bound = Math.max(skewed.chance(0), 6.0 / degree);
        assertThat(busiest.perToken())
                .isGreaterThanOrEqualTo(bound * (1 - 1e-9))
                .isLessThanOrEqualTo(bound + skewed.chance(0));
    }

    /** What lets a tensor-parallel set never be more than its size times as fast. */
    @Property(seed = SEED, tries = 200)
    void ranksTogetherSeeAllThatOneWould(
            @ForAll @DoubleRange(min = 0, max = 4) double skew,
            @ForAll boolean placed,
            @ForAll @IntRange(min = 0, max = 6) int doublings,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double tokens,
            @ForAll @DoubleRange(min = 0, max = 1e6) double moreTokens) {
        int degree = 1 << doublings;
        ExpertVisits visits = ExpertVisits.of(experts(96, 4), new ExpertRouting(skew, placed));
        VisitedExperts rank = visits.on(degree);
        double ranks = rank.whole() ? degree : 1;
        assertThat(ranks * rank.at(tokens)).isGreaterThanOrEqualTo(visits.on(1).at(tokens) * ROUNDING);
        assertThat(ranks * rank.perToken()).isGreaterThanOrEqualTo(4 * ROUNDING);
        assertThat(rank.at(tokens + moreTokens)).isGreaterThanOrEqualTo(rank.at(tokens) * ROUNDING);
        assertThat(rank.at(tokens)).isLessThanOrEqualTo(96 / ranks);
    }

    private static void draw(double[] rates, boolean[] gone, int left, double chance, double[] total) {
        double sum = IntStream.range(0, rates.length)
                .filter(i -> !gone[i])
                .mapToDouble(i -> rates[i])
                .sum();
        for (int i = 0; left > 0 && i < rates.length; i++) {
            if (!gone[i]) {
                gone[i] = true;
                double with = chance * rates[i] / sum;
                total[i] += with;
                draw(rates, gone, left - 1, with, total);
                gone[i] = false;
            }
        }
    }

    private static FeedForward.Experts experts(int count, int active) {
        return new FeedForward.Experts(count, active, 1024, 0, 0, 1);
    }
}
