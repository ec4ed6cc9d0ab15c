package org.partiflow.api;

/**
 * Where the inputs of a problem came from.
 *
 * @param clusterSha256 digest of the cluster file's bytes, lower-case hexadecimal; empty if built in code
 * @param modelSha256 digest of the model file's bytes; empty if built in code
 * @param workloadSha256 digest of the workload file's bytes; empty if built in code
 */
public record Provenance(String clusterSha256, String modelSha256, String workloadSha256) {
    /** Everything was built in code. */
    public static final Provenance IN_CODE = new Provenance("", "", "");
}
