package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The smallest non-trivial eigenvectors of the normalised Laplacian of the log-scaled bandwidth graph, per domain.
 *
 * <p>Bandwidths enter as log(1 + w / w_min): plain ones differ by thousands between NVLink and networks, and the few
 * strongest would be all that the vectors see. Domains form an equitable partition, so the eigenproblem of the quotient,
 * M[d][e] = sqrt(c_d c_e) f(w_de) / sqrt(deg_d deg_e) with M[d][d] = (c_d - 1) f(w_dd) / deg_d, has exactly those
 * eigenpairs of the full graph that do not split a domain [1]. Up to {@link #DENSE_LIMIT} domains it is solved densely,
 * O(domains^3); beyond by Lanczos with full reorthogonalisation [2], O(steps x edges + steps^2 x domains), entries kept in rows.
 *
 * <p>References: [1] Godsil, Royle: Algebraic Graph Theory, 2001, chapter 9. [2] Parlett: The Symmetric Eigenvalue
 * Problem, 1980, chapter 13.
 */
final class SpectralEmbedding {
    static final int DENSE_LIMIT = 384;
    private static final int LANCZOS_STEPS = 96;
    private static final double BREAKDOWN = 1e-10;
    private static final double LEAST_EIGENVALUE = 1e-3;

    private SpectralEmbedding() {}

    /**
     * Coordinates of the domains, one row by eigenvector from the smallest non-trivial eigenvalue up, each scaled by one
     * over the root of its eigenvalue; signs canonical. At most {@code dimensions} rows.
     */
    static double[][] of(DomainGraph graph, int dimensions) {
        Scaled scaled = new Scaled(graph);
        int domains = graph.domains();
        Krylov krylov = domains <= DENSE_LIMIT ? null : lanczos(scaled);
        DMatrixRMaj matrix = krylov == null ? dense(scaled) : krylov.projected;
        int order = matrix.getNumRows();
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(order, true, true);
        if (!eigen.decompose(matrix)) {
            return new double[0][];
        }
        int[] byValue = IntStream.range(0, eigen.getNumberOfEigenvalues())
                .boxed()
                .sorted((a, b) -> Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()))
                .mapToInt(Integer::intValue)
                .toArray();
        int rows = Math.max(0, Math.min(dimensions, byValue.length - 1));
        double[][] coordinates = new double[rows][];
        for (int i = 0; i < rows; i++) {
            DMatrixRMaj vector = eigen.getEigenVector(byValue[i + 1]);
            double laplacian = 1 - eigen.getEigenvalue(byValue[i + 1]).getReal();
            double[] row = krylov == null ? vector.getData().clone() : lift(vector.getData(), krylov.basis, domains);
            coordinates[i] = scaled.toCoordinates(row, Math.sqrt(Math.max(LEAST_EIGENVALUE, laplacian)));
        }
        return coordinates;
    }

    private static DMatrixRMaj dense(Scaled scaled) {
        int n = scaled.inverseRoot.length;
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        for (int d = 0; d < n; d++) {
            int row = d;
            matrix.set(d, d, scaled.diagonal[d]);
            scaled.graph.forEachEdge(d, (e, w) -> matrix.set(row, e, scaled.entry(row, e, w)));
        }
        return matrix;
    }

    /** An orthonormal basis and the matrix projected on it, which is computed from the same products. */
    private record Krylov(double[][] basis, DMatrixRMaj projected) {}

    private static Krylov lanczos(Scaled scaled) {
        int n = scaled.inverseRoot.length;
        scaled.store();
        double[][] basis = new double[LANCZOS_STEPS][];
        double[][] products = new double[LANCZOS_STEPS][];
        SplittableRandom random = LabelledRandom.of(n, "lanczos");
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
            next[i] = random.nextDouble() - 0.5;
        }
        int used = 0;
        while (used < LANCZOS_STEPS) {
            for (int repeat = 0; repeat < 2; repeat++) {
                for (int j = 0; j < used; j++) {
                    axpy(-dot(next, basis[j]), basis[j], next);
                }
            }
            double norm = Math.sqrt(dot(next, next));
            if (norm < BREAKDOWN) {
                break;
            }
            for (int i = 0; i < n; i++) {
                next[i] /= norm;
            }
            basis[used] = next;
            next = scaled.multiply(next);
            products[used] = new double[used + 1];
            for (int j = 0; j <= used; j++) {
                products[used][j] = dot(next, basis[j]);
            }
            used++;
        }
        DMatrixRMaj matrix = new DMatrixRMaj(used, used);
        for (int i = 0; i < used; i++) {
            for (int j = 0; j <= i; j++) {
                matrix.set(i, j, products[i][j]);
                matrix.set(j, i, products[i][j]);
            }
        }
        return new Krylov(Arrays.copyOf(basis, used), matrix);
    }

    private static double[] lift(double[] ritz, double[][] basis, int n) {
        double[] vector = new double[n];
        for (int j = 0; j < basis.length; j++) {
            axpy(ritz[j], basis[j], vector);
        }
        return vector;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void axpy(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }

    /** The scaled quotient matrix, never stored densely here; its entries are kept in rows while they are few enough. */
    private static final class Scaled {
        final DomainGraph graph;
        final double[] inverseRoot;
        final double[] diagonal;
        final double[] rootSize;
        private final double least;
        private double[][] entries = new double[0][];
        private int[][] columns = new int[0][];
        private long lastWeight;
        private double lastScale;

        Scaled(DomainGraph graph) {
            this.graph = graph;
            int n = graph.domains();
            inverseRoot = new double[n];
            diagonal = new double[n];
            rootSize = new double[n];
            long[] smallest = {Long.MAX_VALUE};
            for (int d = 0; d < n; d++) {
                rootSize[d] = Math.sqrt(graph.size(d));
                if (graph.innerWeight(d) > 0) {
                    smallest[0] = Math.min(smallest[0], graph.innerWeight(d));
                }
                graph.forEachEdge(d, (e, w) -> smallest[0] = Math.min(smallest[0], w));
            }
            least = smallest[0];
            double[] degree = new double[1];
            for (int d = 0; d < n; d++) {
                double inner = (graph.size(d) - 1) * scale(graph.innerWeight(d));
                degree[0] = inner;
                graph.forEachEdge(d, (e, w) -> degree[0] += graph.size(e) * scale(w));
                inverseRoot[d] = degree[0] > 0 ? 1 / Math.sqrt(degree[0]) : 0;
                diagonal[d] = degree[0] > 0 ? inner / degree[0] : 1;
            }
        }

        /** Logarithm of a weight; neighbours in a row often have equal ones. */
        private double scale(long weight) {
            if (weight != lastWeight) {
                lastWeight = weight;
                lastScale = weight > 0 ? StrictMath.log1p((double) weight / least) : 0;
            }
            return lastScale;
        }

        /** Keeps all entries, unless they are too many. */
        void store() {
            int n = inverseRoot.length;
            int[] length = new int[n];
            long total = 0;
            for (int d = 0; d < n; d++) {
                int row = d;
                graph.forEachEdge(d, (e, w) -> length[row]++);
                total += length[row];
            }
            if (total > DomainGraph.MAX_STORED_EDGES) {
                return;
            }
            entries = new double[n][];
            columns = new int[n][];
            int[] used = new int[1];
            for (int d = 0; d < n; d++) {
                int row = d;
                entries[d] = new double[length[d]];
                columns[d] = new int[length[d]];
                used[0] = 0;
                graph.forEachEdge(d, (e, w) -> {
                    columns[row][used[0]] = e;
                    entries[row][used[0]++] = entry(row, e, w);
                });
            }
        }

        double entry(int d, int e, long weight) {
            return rootSize[d] * rootSize[e] * scale(weight) * inverseRoot[d] * inverseRoot[e];
        }

        double[] multiply(double[] x) {
            double[] y = new double[x.length];
            for (int d = 0; d < x.length; d++) {
                int row = d;
                y[d] += diagonal[d] * x[d];
                if (entries.length == 0) {
                    graph.forEachEdge(d, (e, w) -> y[row] += entry(row, e, w) * x[e]);
                    continue;
                }
                double sum = y[d];
                for (int i = 0; i < entries[d].length; i++) {
                    sum += entries[d][i] * x[columns[d][i]];
                }
                y[d] = sum;
            }
            return y;
        }

        /** From an eigenvector of M to one of the random walk, the largest component positive. */
        double[] toCoordinates(double[] vector, double divisor) {
            int largest = 0;
            for (int d = 0; d < vector.length; d++) {
                vector[d] *= (inverseRoot[d] > 0 ? inverseRoot[d] : 1) / (rootSize[d] * divisor);
                if (Math.abs(vector[d]) > Math.abs(vector[largest])) {
                    largest = d;
                }
            }
            double sign = vector[largest] < 0 ? -1 : 1;
            for (int d = 0; d < vector.length; d++) {
                vector[d] *= sign;
            }
            return vector;
        }
    }
}
