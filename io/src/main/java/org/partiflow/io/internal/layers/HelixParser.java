package org.partiflow.io.internal.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.api.layers.MachineType;
import org.partiflow.io.internal.tree.FieldReader;

/** Reads one instance; unknown fields are left alone, since the format is not ours. One file only. */
public final class HelixParser {
    private static final int MOST_LAYERS = 10_000;
    private static final int MOST_MACHINES = 2_000;
    private static final String SOURCE = "source";
    private static final String SINK = "sink";

    private final List<MachineType> types = new ArrayList<>();
    private final Map<String, Integer> typeByName = new LinkedHashMap<>();
    private final Map<String, Integer> endById = new LinkedHashMap<>();
    private final List<Integer> typeOf = new ArrayList<>();

    /** For one file. */
    public HelixParser() {}

    /** Reads the file; null when problems were added. */
    public @Nullable LayerProblem parse(FieldReader root) {
        String cluster = root.text("cluster");
        FieldReader model = root.object("model");
        String modelName = model.text("name");
        int layers = model.integer("layers", 1, MOST_LAYERS);
        double tokenBytes = model.number("token_bytes", 1e-3, 1e12);
        double activationBytes = model.number("activation_bytes_per_token", 0, 1e12);
        types(root.object("machine_types"));
        nodes(root);
        double[][] links = links(root, tokenBytes, tokenBytes + activationBytes);
        List<String> ids = new ArrayList<>(endById.keySet()).subList(0, typeOf.size());
        int[] typeNumbers = typeOf.stream().mapToInt(Integer::intValue).toArray();
        return root.buildOpen(() -> new LayerProblem(cluster, modelName, layers, types, ids, typeNumbers, links));
    }

    private void types(FieldReader machineTypes) {
        for (String name : machineTypes.names()) {
            FieldReader fields = machineTypes.object(name);
            List<Double> rates = fields.numbers("tokens_per_s_by_layers", 1e-9, 1e12);
            int most = fields.findInteger("max_layers", 1, MOST_LAYERS).orElse(rates.size());
            if (most > rates.size()) {
                fields.problem(
                        "max_layers", "is " + most + ", but tokens_per_s_by_layers has " + rates.size() + " values");
            }
            double[] kept =
                    rates.stream().limit(most).mapToDouble(Double::doubleValue).toArray();
            MachineType type = fields.buildOpen(() -> new MachineType(name, kept));
            if (type != null) {
                typeByName.put(name, types.size());
                types.add(type);
            }
        }
    }

    private void nodes(FieldReader root) {
        for (FieldReader node : root.requiredObjects("nodes")) {
            String id = String.valueOf(node.integer("id", 0, Integer.MAX_VALUE));
            String type = node.text("type");
            if (endById.putIfAbsent(id, typeOf.size()) != null) {
                node.problem("id", "node id '" + id + "' is already used; choose another");
                continue;
            }
            Integer number = typeByName.get(type);
            if (number == null) {
                node.problem(
                        "type",
                        "'" + type + "' is no usable machine type; machine_types has "
                                + String.join(", ", typeByName.keySet()));
            }
            typeOf.add(number == null ? 0 : number);
        }
        if (typeOf.isEmpty() || typeOf.size() > MOST_MACHINES) {
            root.problem("nodes", "must list 1 to " + MOST_MACHINES + " nodes, got " + typeOf.size());
        }
        endById.put(SOURCE, typeOf.size());
        endById.put(SINK, typeOf.size() + 1);
    }

    private double[][] links(FieldReader root, double tokenBytes, double hopBytes) {
        double[][] links = new double[endById.size()][endById.size()];
        boolean bothWays = root.flag("links_complete", true);
        List<List<Object>> rows = root.mixedLists("links");
        for (int row = 0; row < rows.size(); row++) {
            List<Object> values = rows.get(row);
            String at = "links[" + row + "]";
            Integer from = values.size() < 3 ? null : end(values.get(0));
            Integer to = values.size() < 3 ? null : end(values.get(1));
            if (from == null || to == null || !(values.get(2) instanceof Double bytes) || !(bytes >= 0)) {
                root.problem(
                        at, "must be [node or 'source', node or 'sink', bytes per second, latency], got " + values);
                continue;
            }
            boolean outside = isEnd(values.get(0)) || isEnd(values.get(1));
            double rate = bytes / (outside ? tokenBytes : hopBytes);
            links[from][to] = rate;
            if (bothWays && !outside) {
                links[to][from] = rate;
            }
        }
        return links;
    }

    private @Nullable Integer end(Object value) {
        return endById.get(value instanceof Double number ? String.valueOf(number.intValue()) : value.toString());
    }

    private static boolean isEnd(Object value) {
        return value.equals(SOURCE) || value.equals(SINK);
    }
}
