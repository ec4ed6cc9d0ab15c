package org.partiflow.studies.markup;

/** A part of a document. */
@FunctionalInterface
public interface Node {
    /** Appends this part. */
    void writeTo(StringBuilder out);
}
