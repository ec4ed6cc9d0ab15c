package org.partiflow.api.graph;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Serving groups as super-nodes: what each supplies as a prefill and as a decode group, and the bandwidth between any two.
 * Supplies are whole numbers in one unit for all groups, such as millionths of a request per second; bandwidths are bytes
 * per second. Immutable and thread-safe; O(groups squared) memory, which is small beside the GPUs.
 */
public final class PhaseGraph {
    private static final long MOST_TOTAL = 1L << 61;

    private final long[] prefillSupply;
    private final long[] decodeSupply;
    private final long[] bandwidth;

    /**
     * Takes the groups.
     *
     * @param bandwidth groups x groups, symmetric, not negative; the diagonal is ignored
     * @param prefillSupply what each group supplies when it prefills, not negative
     * @param decodeSupply what each group supplies when it decodes, not negative
     * @throws IllegalArgumentException if a condition above is broken, there is no group, or a total exceeds 2^61
     */
    public PhaseGraph(long[][] bandwidth, long[] prefillSupply, long[] decodeSupply) {
        this(flat(bandwidth), prefillSupply.clone(), decodeSupply.clone());
    }

    private PhaseGraph(long[] bandwidth, long[] prefillSupply, long[] decodeSupply) {
        int n = prefillSupply.length;
        if (n == 0 || decodeSupply.length != n || bandwidth.length != n * n) {
            throw new IllegalArgumentException("needs at least one group and equally many rows and supplies, got "
                    + bandwidth.length + " bandwidths, " + n + " and " + decodeSupply.length + " supplies");
        }
        requireTotal("bandwidth", bandwidth);
        requireTotal("prefill supply", prefillSupply);
        requireTotal("decode supply", decodeSupply);
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                if (bandwidth[a * n + b] != bandwidth[b * n + a]) {
                    throw new IllegalArgumentException("bandwidth between groups " + b + " and " + a
                            + " is not the same in both directions: " + bandwidth[b * n + a] + ", "
                            + bandwidth[a * n + b]);
                }
            }
        }
        this.bandwidth = bandwidth;
        this.prefillSupply = prefillSupply;
        this.decodeSupply = decodeSupply;
    }

    /**
     * Contracts the blocks of a partition to super-nodes: the bandwidth between two groups is the sum of the undisturbed
     * bandwidths of all pairs of a GPU of one and a GPU of the other. Interchangeable GPUs are counted, not visited:
     * O(GPUs + pairs of groups x pairs of their domains).
     *
     * @param gpus the graph
     * @param groups its partition into groups
     * @param prefillSupply what each block supplies when it prefills
     * @param decodeSupply what each block supplies when it decodes
     */
    public static PhaseGraph of(DeviceGraph gpus, Partition groups, long[] prefillSupply, long[] decodeSupply) {
        if (groups.size() != gpus.size()) {
            throw new IllegalArgumentException(
                    "the partition covers " + groups.size() + " of " + gpus.size() + " vertices");
        }
        int n = groups.blocks();
        GroupDomains[] domains = IntStream.range(0, n)
                .mapToObj(g -> new GroupDomains(gpus, groups.members(g)))
                .toArray(GroupDomains[]::new);
        long[] between = new long[n * n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                between[a * n + b] = domains[a].bandwidthTo(domains[b], gpus);
                between[b * n + a] = between[a * n + b];
            }
        }
        return new PhaseGraph(between, prefillSupply.clone(), decodeSupply.clone());
    }

    /** Number of groups. */
    public int size() {
        return prefillSupply.length;
    }

    /** Bandwidth between two different groups, bytes per second. */
    public long bandwidth(int a, int b) {
        return bandwidth[a * prefillSupply.length + b];
    }

    /** What a group supplies when it prefills. */
    public long prefillSupply(int group) {
        return prefillSupply[group];
    }

    /** What a group supplies when it decodes. */
    public long decodeSupply(int group) {
        return decodeSupply[group];
    }

    /** Groups by how much better they prefill than decode, best first, ties by number; useless ones last. */
    public int[] byPrefillAdvantage() {
        Comparator<Integer> byRatio = (a, b) ->
                product(decodeSupply[a], prefillSupply[b]).compareTo(product(decodeSupply[b], prefillSupply[a]));
        return IntStream.range(0, size())
                .boxed()
                .sorted(Comparator.comparing((Integer g) -> prefillSupply[g] == 0 && decodeSupply[g] == 0)
                        .thenComparing((a, b) -> useless(a) ? 0 : byRatio.compare(a, b))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Greatest supply if groups were divisible: the maximum of min(prefill supply, decode supply) over all fractional
     * assignments, rounded down; no whole assignment supplies more. The linear program assigns by the ratio of both
     * supplies and splits one group. O(groups log groups).
     */
    public long divisibleSupply() {
        long decode = 0;
        for (long supply : decodeSupply) {
            decode += supply;
        }
        long prefill = 0;
        for (int g : byPrefillAdvantage()) {
            long p = prefillSupply[g];
            long d = decodeSupply[g];
            if (p + d > 0 && prefill + p >= decode - d) {
                BigInteger share = product(p, decode - prefill).divide(BigInteger.valueOf(p + d));
                return prefill + share.longValueExact();
            }
            prefill += p;
            decode -= d;
        }
        return Math.min(prefill, decode);
    }

    private boolean useless(int group) {
        return prefillSupply[group] == 0 && decodeSupply[group] == 0;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static long[] flat(long[][] rows) {
        int n = rows.length;
        long[] flat = new long[n * n];
        for (int a = 0; a < n; a++) {
            if (rows[a].length != n) {
                throw new IllegalArgumentException(
                        "row " + a + " has " + rows[a].length + " bandwidths for " + n + " groups");
            }
            System.arraycopy(rows[a], 0, flat, a * n, n);
            flat[a * n + a] = 0;
        }
        return flat;
    }

    private static void requireTotal(String what, long[] values) {
        long total = 0;
        for (long value : values) {
            if (value < 0 || value > MOST_TOTAL - total) {
                throw new IllegalArgumentException(
                        what + " must not be negative nor exceed 2^61 in total, got " + value + " after " + total);
            }
            total += value;
        }
    }

    /** The domains of one group: a representative vertex of each and how many of its vertices the group has. */
    private static final class GroupDomains {
        private final int[] domain;
        private final int[] vertex;
        private final long[] count;

        GroupDomains(DeviceGraph gpus, int[] members) {
            int[] distinct = IntStream.of(members)
                    .map(gpus::domainOf)
                    .distinct()
                    .sorted()
                    .toArray();
            domain = distinct;
            vertex = new int[distinct.length];
            count = new long[distinct.length];
            for (int member : members) {
                int at = java.util.Arrays.binarySearch(distinct, gpus.domainOf(member));
                vertex[at] = member;
                count[at]++;
            }
        }

        long bandwidthTo(GroupDomains other, DeviceGraph gpus) {
            long sum = 0;
            for (int i = 0; i < domain.length; i++) {
                for (int j = 0; j < other.domain.length; j++) {
                    long pairs = count[i] * other.count[j];
                    sum = Math.addExact(sum, Math.multiplyExact(pairs, gpus.edgeWeight(vertex[i], other.vertex[j])));
                }
            }
            return sum;
        }
    }
}
