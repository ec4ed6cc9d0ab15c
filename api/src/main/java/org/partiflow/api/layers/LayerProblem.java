package org.partiflow.api.layers;

import java.util.List;

/**
 * Machines, what they do by the number of layers they hold, and links. Machines are numbered from 0; where ends of links
 * are meant, the source has the number {@link #source()} and the sink {@link #sink()}. Immutable.
 *
 * <p>The problem of Helix (Mei et al., ASPLOS 2025, arXiv:2406.01566): give each machine a range of consecutive layers so
 * that the flow of tokens from the source, through machines that hold layers 0 to the last one without gap, to the sink is
 * greatest.
 */
public final class LayerProblem {
    private final String name;
    private final String model;
    private final int layers;
    private final List<MachineType> types;
    private final List<String> machines;
    private final int[] typeOf;
    private final double[][] linkTokensPerSecond;

    /**
     * A problem.
     *
     * @param name of the cluster
     * @param model name of the model
     * @param layers of the model
     * @param types machine types
     * @param machines ids of the machines
     * @param typeOf by machine, the position of its type
     * @param linkTokensPerSecond by both ends; 0 where no link is
     * @throws IllegalArgumentException if sizes or values are out of range
     */
    public LayerProblem(
            String name,
            String model,
            int layers,
            List<MachineType> types,
            List<String> machines,
            int[] typeOf,
            double[][] linkTokensPerSecond) {
        if (layers < 1 || machines.isEmpty() || typeOf.length != machines.size()) {
            throw new IllegalArgumentException("a layer problem needs layers and machines, each of a type, got "
                    + layers + " layers, " + machines.size() + " machines, " + typeOf.length + " types of machines");
        }
        for (int type : typeOf) {
            if (type < 0 || type >= types.size()) {
                throw new IllegalArgumentException("there is no machine type " + type);
            }
        }
        requireLinks(machines.size() + 2, linkTokensPerSecond);
        this.name = name;
        this.model = model;
        this.layers = layers;
        this.types = List.copyOf(types);
        this.machines = List.copyOf(machines);
        this.typeOf = typeOf.clone();
        this.linkTokensPerSecond = linkTokensPerSecond.clone();
    }

    private static void requireLinks(int ends, double[][] links) {
        boolean fits = links.length == ends;
        for (double[] row : links) {
            fits &= row.length == ends;
            for (double rate : row) {
                if (!(rate >= 0)) {
                    throw new IllegalArgumentException("the rate of a link must not be negative: " + rate);
                }
            }
        }
        if (!fits) {
            throw new IllegalArgumentException("links must be given between all " + ends + " ends");
        }
    }

    /** Name of the cluster. */
    public String name() {
        return name;
    }

    /** Name of the model. */
    public String model() {
        return model;
    }

    /** Layers of the model. */
    public int layers() {
        return layers;
    }

    /** Machine types. */
    public List<MachineType> types() {
        return types;
    }

    /** Number of machines. */
    public int machines() {
        return machines.size();
    }

    /** Id of a machine. */
    public String id(int machine) {
        return machines.get(machine);
    }

    /** Position of a machine's type. */
    public int typeOf(int machine) {
        return typeOf[machine];
    }

    /** Type of a machine. */
    public MachineType type(int machine) {
        return types.get(typeOf[machine]);
    }

    /** The source's number among ends of links. */
    public int source() {
        return machines.size();
    }

    /** The sink's number among ends of links. */
    public int sink() {
        return machines.size() + 1;
    }

    /** Tokens/s that can go from one end to another; 0 where no link is. */
    public double link(int from, int to) {
        return linkTokensPerSecond[from][to];
    }
}
