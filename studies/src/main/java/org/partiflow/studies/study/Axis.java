package org.partiflow.studies.study;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A dimension along which the cells of a study differ. The order is that of the cells: the first axis changes slowest. The
 * first three say which problem a cell is about, its block; the seed comes next; the others are the variant.
 */
public enum Axis {
    /** Cluster, by name. */
    CLUSTER("cluster", "clusters"),
    /** Model. */
    MODEL("model", "models"),
    /** Workload. */
    WORKLOAD("workload", "workloads"),
    /** Seed of everything random; cells that differ in other axes only see the same requests. */
    SEED("seed", "seeds"),
    /** Planner. */
    PLANNER("planner", "planners"),
    /** Partitioner. */
    PARTITIONER("partitioner", "partitioners"),
    /** Refinement: none, random or guided. */
    REFINEMENT("refinement", "refinements"),
    /** Max flow solver. */
    FLOW("flow", "flows"),
    /** KV protocol. */
    KV_PROTOCOL("kvProtocol", "kvProtocols"),
    /** How the links are changed: see {@link LinkScaling}. */
    LINK("link", "links"),
    /** Which condition the plan is made for: see {@link PlanUse}. */
    PLAN("plan", "plans"),
    /** Arrival rate: see {@link Load}. */
    LOAD("load", "loads");

    private final String label;
    private final String plural;

    Axis(String label, String plural) {
        this.label = label;
        this.plural = plural;
    }

    /** Name in files and tables. */
    public String label() {
        return label;
    }

    /** Name of the list of values in files. */
    public String plural() {
        return plural;
    }

    /** Its place among the axes, from 0: the order is part of what an axis is. */
    @SuppressWarnings("EnumOrdinal")
    public int position() {
        return ordinal();
    }

    /** Whether the axis tells problems apart. */
    public boolean ofBlock() {
        return position() < SEED.position();
    }

    /** Whether the axis tells variants apart. */
    public boolean ofVariant() {
        return position() > SEED.position();
    }

    /** The axis of this name. */
    public static Optional<Axis> find(String label) {
        return Arrays.stream(values()).filter(axis -> axis.label.equals(label)).findFirst();
    }

    /** Names of all axes. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Axis::label).toList();
    }
}
