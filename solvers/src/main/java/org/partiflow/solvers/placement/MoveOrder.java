package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partiflow.solvers.network.Group;

/**
 * The moves from a layout that may improve it, a portion at a time. Moves are worked out only when their portion is asked
 * for. One that cannot improve the layout even with a flow as great as its bound is left out, and counts as work; whether as
 * an evaluation too is a choice. Not thread-safe.
 */
final class MoveOrder {
    private final Layout layout;
    private final List<Neighbourhood.Proposal> proposals;
    private final Evaluator evaluator;
    private final @Nullable MoveBound bound;
    private final int portion;
    private final boolean countsMoves;
    private int next;

    /**
     * @param proposals in the order in which they are tried
     * @param bound bounds flows by their prices and sorts each portion, the most promising move first; {@code null} to go
     *     by the supply of the phases only and to keep the order
     * @param portion moves at a time
     * @param countsMoves whether moves that are ruled out count as evaluations
     */
    MoveOrder(
            Layout layout,
            List<Neighbourhood.Proposal> proposals,
            Evaluator evaluator,
            @Nullable MoveBound bound,
            int portion,
            boolean countsMoves) {
        this.layout = layout;
        this.proposals = proposals;
        this.evaluator = evaluator;
        this.bound = bound;
        this.portion = portion;
        this.countsMoves = countsMoves;
    }

    boolean hasNext() {
        return next < proposals.size();
    }

    /** The moves of the next portion that are allowed and may improve the layout. */
    List<WeighedMove> next(Predicate<Move> allowed) {
        int end = Math.min(proposals.size(), next + portion);
        List<WeighedMove> moves = new ArrayList<>();
        for (; next < end && evaluator.budget().mayGoOn(); next++) {
            Move move = proposals.get(next).realise().get();
            if (allowed.test(move)) {
                WeighedMove weighed = weighed(move);
                if (weighed != null) {
                    moves.add(weighed);
                } else {
                    evaluator.ruleOut(countsMoves);
                }
            }
        }
        if (bound != null) {
            moves.sort(Comparator.comparing(WeighedMove::atBest).reversed());
        }
        return moves;
    }

    private @Nullable WeighedMove weighed(Move move) {
        List<Group> groups = Layout.replaced(layout.groups(), move.without(), move.with());
        Score score = evaluator.score(groups, Layout.ceiling(groups));
        if (!score.isBetterThan(layout.score())) {
            return null;
        }
        if (bound != null) {
            score = evaluator.score(groups, bound.of(move, groups));
        }
        return score.isBetterThan(layout.score()) ? new WeighedMove(groups, move.pool(), score) : null;
    }
}
