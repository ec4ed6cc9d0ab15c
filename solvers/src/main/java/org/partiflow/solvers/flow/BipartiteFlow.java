package org.partiflow.solvers.flow;

import java.util.Arrays;
import org.partiflow.api.flow.FlowNetwork;

/**
 * A flow from supplies through a complete bipartite middle to demands that stays maximal while capacities change: the
 * network source, prefill groups (left), decode groups (right), sink, held as dense arrays.
 *
 * <p>Typical use: set capacities, {@link #maximise()}, read flows and cut; then {@link #mark()}, change a few capacities,
 * {@link #maximise()} again, and {@link #rollback()} if the change is rejected. A change below what flows takes the
 * surplus off at once, so that the flow is always feasible; {@link #maximise()} makes it maximal. Flow values and cuts
 * do not depend on the history, only the distribution of the flow over links may.
 *
 * <p>Memory O(left * right). A change costs O(1), or O(left + right) where flow has to be taken off; {@link #maximise()}
 * is O(left * right * (left + right)) at worst, and after a change a small multiple of {@code left * right / 64} word
 * operations. Capacities are in [0, {@link FlowNetwork#MAX_CAPACITY}] in any unit. Not thread-safe.
 *
 * @see BipartiteSearch for how it augments
 */
public final class BipartiteFlow {
    final int left;
    final int right;
    /** Words of a bit set of right (columns) and of left vertices (rows). */
    final int rightWords;

    final int leftWords;
    final long[] supply;
    final long[] demand;
    final long[] capacity;
    final long[] flow;
    /** What is left of each supply and each demand. */
    final long[] leftRoom;

    final long[] rightRoom;
    /** By left vertex, bits of right vertices: links with room, and links that carry something. */
    final long[] open;

    final long[] used;
    /** By right vertex, bits of left vertices: links that carry something. */
    final long[] usedByRight;

    private final BipartiteSearch search;
    private boolean maximal;
    /** Whether the bits describe flow and capacity. */
    private boolean indexed;
    /** Whether nothing flows, so that a start from scratch is due. */
    private boolean cold = true;

    private boolean marked;
    private int logged;
    private int[] logSlot = new int[64];
    private long[] logValue = new long[64];

    /**
     * Nothing flows and nothing can: all capacities are 0.
     *
     * @param left left vertices, at least 1
     * @param right right vertices, at least 1
     */
    public BipartiteFlow(int left, int right) {
        this(new long[left], new long[right], new long[Math.multiplyExact(left, right)]);
    }

    /**
     * With these capacities, the link of left i and right j at {@code i * right + j}. The arrays are owned by this object
     * from now on.
     *
     * @throws IllegalArgumentException if the sizes do not fit, or a capacity is not in [0, MAX_CAPACITY]
     */
    public BipartiteFlow(long[] supply, long[] demand, long[] capacity) {
        this(supply, demand, capacity, true);
    }

    private BipartiteFlow(long[] supply, long[] demand, long[] capacity, boolean check) {
        left = supply.length;
        right = demand.length;
        if (left < 1 || right < 1 || (long) left * right != capacity.length || capacity.length > 1 << 28) {
            throw new IllegalArgumentException("a bipartite flow of " + left + " x " + right + " vertices needs "
                    + (long) left * right + " links (1 to 2^28), got " + capacity.length);
        }
        if (check) {
            requireCapacities(supply);
            requireCapacities(demand);
            requireCapacities(capacity);
        }
        this.supply = supply;
        this.demand = demand;
        this.capacity = capacity;
        rightWords = (right + 63) >>> 6;
        leftWords = (left + 63) >>> 6;
        flow = new long[capacity.length];
        leftRoom = supply.clone();
        rightRoom = demand.clone();
        open = new long[left * rightWords];
        used = new long[left * rightWords];
        usedByRight = new long[right * leftWords];
        search = new BipartiteSearch(this);
    }

    /** With capacities that are known to be in range. */
    static BipartiteFlow trusted(long[] supply, long[] demand, long[] capacity) {
        return new BipartiteFlow(supply, demand, capacity, false);
    }

    /** Left vertices. */
    public int left() {
        return left;
    }

    /** Right vertices. */
    public int right() {
        return right;
    }

    /** Sets what left vertex {@code i} can send. */
    public void setSupply(int i, long amount) {
        requireCapacity(amount);
        if (amount == supply[i]) {
            return;
        }
        log(slot(0, i), supply[i]);
        leftRoom[i] += amount - supply[i];
        supply[i] = amount;
        maximal = false;
        for (int j = 0; leftRoom[i] < 0; j++) {
            long carried = flow[i * right + j];
            if (carried > 0) {
                shift(i, j, -Math.min(carried, -leftRoom[i]));
            }
        }
    }

    /** Sets what right vertex {@code j} can take. */
    public void setDemand(int j, long amount) {
        requireCapacity(amount);
        if (amount == demand[j]) {
            return;
        }
        log(slot(1, j), demand[j]);
        rightRoom[j] += amount - demand[j];
        demand[j] = amount;
        maximal = false;
        for (int i = 0; rightRoom[j] < 0; i++) {
            long carried = flow[i * right + j];
            if (carried > 0) {
                shift(i, j, -Math.min(carried, -rightRoom[j]));
            }
        }
    }

    /** Sets what the link from left {@code i} to right {@code j} can carry. */
    public void setLink(int i, int j, long amount) {
        requireCapacity(amount);
        int cell = i * right + j;
        if (amount == capacity[cell]) {
            return;
        }
        log(slot(2, cell), capacity[cell]);
        if (flow[cell] > amount) {
            shift(i, j, amount - flow[cell]);
        }
        capacity[cell] = amount;
        maximal = false;
        if (indexed) {
            setBit(open, i * rightWords, j, flow[cell] < amount);
        }
    }

    /** Makes the flow maximal and returns its value. Without changes since the last call O(left). */
    public long maximise() {
        if (!maximal) {
            if (cold) {
                BipartiteStart.pour(this);
                cold = false;
                indexed = false;
            }
            if (!isBoundReached()) {
                index();
                search.augment();
            }
            maximal = true;
        }
        return value();
    }

    /** Takes off all flow, so that the next {@link #maximise()} starts from nothing; forgets a mark. */
    public void clear() {
        Arrays.fill(flow, 0);
        System.arraycopy(supply, 0, leftRoom, 0, left);
        System.arraycopy(demand, 0, rightRoom, 0, right);
        cold = true;
        indexed = false;
        maximal = false;
        marked = false;
    }

    /** What flows now: the maximum after {@link #maximise()}. */
    public long value() {
        long sum = 0;
        for (int i = 0; i < left; i++) {
            sum += supply[i] - leftRoom[i];
        }
        return sum;
    }

    /** What the link from left {@code i} to right {@code j} carries. */
    public long flow(int i, int j) {
        return flow[i * right + j];
    }

    /** What left vertex {@code i} sends. */
    public long leftFlow(int i) {
        return supply[i] - leftRoom[i];
    }

    /** What right vertex {@code j} receives. */
    public long rightFlow(int j) {
        return demand[j] - rightRoom[j];
    }

    /**
     * The minimum cut with the smallest sink side, which is the same for every maximum flow: whether each left vertex, and
     * after them each right vertex, lies on the source's side.
     */
    public boolean[] sourceSide() {
        maximise();
        boolean[] known = indexed ? null : BipartiteStart.sourceSide(this);
        if (known != null) {
            return known;
        }
        index();
        return search.sourceSide();
    }

    /** From now on changes can be taken back by {@link #rollback()}. An earlier mark is forgotten. */
    public void mark() {
        marked = false;
        maximise();
        marked = true;
        logged = 0;
    }

    /**
     * Restores capacities and flow as of {@link #mark()}. O(changes since).
     *
     * @throws IllegalStateException without a mark
     */
    public void rollback() {
        if (!marked) {
            throw new IllegalStateException("rollback needs a mark; call mark() before the changes to take back");
        }
        marked = false;
        while (logged > 0) {
            restore(logSlot[--logged], logValue[logged]);
        }
        maximal = true;
    }

    /** Moves {@code amount} more over a link; its room and both ends' room are the caller's business. */
    void shift(int i, int j, long amount) {
        int cell = i * right + j;
        long before = flow[cell];
        long after = before + amount;
        log(~cell, before);
        flow[cell] = after;
        leftRoom[i] -= amount;
        rightRoom[j] -= amount;
        if (indexed) {
            reindex(i, j, cell, before, after);
        }
    }

    private void reindex(int i, int j, int cell, long before, long after) {
        if (before == 0 || after == 0) {
            setBit(used, i * rightWords, j, after > 0);
            setBit(usedByRight, j * leftWords, i, after > 0);
        }
        long most = capacity[cell];
        if (before == most || after == most) {
            setBit(open, i * rightWords, j, after < most);
        }
    }

    /** Whether all supplies are sent or all demands met, so that no search is needed. */
    private boolean isBoundReached() {
        return isZero(leftRoom) || isZero(rightRoom);
    }

    private static boolean isZero(long[] rooms) {
        for (long room : rooms) {
            if (room != 0) {
                return false;
            }
        }
        return true;
    }

    private void index() {
        if (!indexed) {
            BipartiteStart.index(this);
            indexed = true;
        }
    }

    private void restore(int slot, long value) {
        if (slot < 0) {
            int cell = ~slot;
            shift(cell / right, cell % right, value - flow[cell]);
        } else if (slot < left) {
            leftRoom[slot] += value - supply[slot];
            supply[slot] = value;
        } else if (slot < left + right) {
            rightRoom[slot - left] += value - demand[slot - left];
            demand[slot - left] = value;
        } else {
            int cell = slot - left - right;
            capacity[cell] = value;
            if (indexed) {
                setBit(open, cell / right * rightWords, cell % right, flow[cell] < value);
            }
        }
    }

    private int slot(int kind, int index) {
        return index + (kind == 0 ? 0 : kind == 1 ? left : left + right);
    }

    private void log(int slot, long value) {
        if (marked) {
            if (logged == logSlot.length) {
                logSlot = Arrays.copyOf(logSlot, 2 * logged);
                logValue = Arrays.copyOf(logValue, 2 * logged);
            }
            logSlot[logged] = slot;
            logValue[logged++] = value;
        }
    }

    private static void setBit(long[] bits, int start, int at, boolean value) {
        int word = start + (at >>> 6);
        long bit = 1L << at;
        bits[word] = value ? bits[word] | bit : bits[word] & ~bit;
    }

    private static void requireCapacities(long[] amounts) {
        for (long amount : amounts) {
            requireCapacity(amount);
        }
    }

    private static void requireCapacity(long amount) {
        if (amount < 0 || amount > FlowNetwork.MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity " + amount + " is not in [0, " + FlowNetwork.MAX_CAPACITY + "]");
        }
    }
}
