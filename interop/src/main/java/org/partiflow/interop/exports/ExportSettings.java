package org.partiflow.interop.exports;

/**
 * Names and numbers that a plan does not hold.
 *
 * @param servedModel the model as engines load it, a HuggingFace repository or a path
 * @param image container image; empty for the format's own default
 * @param name prefix of Kubernetes objects: lower-case letters, digits and hyphens
 * @param firstPort port of the first engine of a node; its others follow
 */
public record ExportSettings(String servedModel, String image, String name, int firstPort) {
    /** Rejects an empty model, a name that Kubernetes would refuse, and ports out of range. */
    public ExportSettings {
        if (servedModel.isBlank() || servedModel.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("the served model needs a name without control characters");
        }
        if (!name.matches("[a-z]([a-z0-9-]{0,30}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is no name of Kubernetes objects: lower-case letters, digits and hyphens, at most 32, a letter first");
        }
        if (firstPort < 1024 || firstPort > 60_000) {
            throw new IllegalArgumentException("the first port must be in [1024, 60000], got " + firstPort);
        }
    }
}
