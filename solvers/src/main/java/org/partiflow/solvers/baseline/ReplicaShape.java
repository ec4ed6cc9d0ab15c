package org.partiflow.solvers.baseline;

/**
 * Parallelism of a replica whose stages are all alike.
 *
 * @param degree tensor-parallel degree of every stage; a stage stays inside a node
 * @param stages number of pipeline stages
 */
record ReplicaShape(int degree, int stages) {
    int gpus() {
        return degree * stages;
    }
}
