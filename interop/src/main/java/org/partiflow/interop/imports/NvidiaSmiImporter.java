package org.partiflow.interop.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;

/**
 * {@code nvidia-smi topo -m}, one file per machine, terminal colours allowed. The matrix tells how GPUs are connected, not
 * of which type they are nor how fast: the type and the network come from options, rates from the GPU's datasheet.
 * Stateless and thread-safe.
 */
public final class NvidiaSmiImporter implements ClusterImporter {
    private static final String ESCAPES = "\u001B\\[[0-9;]*[A-Za-z]";

    @Override
    public String format() {
        return "nvidia-smi";
    }

    @Override
    public String description() {
        return "'nvidia-smi topo -m', one file per machine; needs --gpu and --nic";
    }

    @Override
    public ImportedCluster read(List<ImportSource> sources, ImportOptions options) {
        ImportSession session = new ImportSession(sources.get(0).name(), options);
        for (ImportSource source : sources) {
            machine(session, source);
        }
        return session.finish();
    }

    private static void machine(ImportSession session, ImportSource source) {
        Map<String, List<String>> rows = matrix(session, source);
        if (rows.isEmpty()) {
            return;
        }
        GpuType gpu = session.gpu("", null);
        Nic nic = session.nic("", null);
        if (gpu != null && nic != null) {
            Link link = session.intraNode(gpu, connection(session, source, gpu, rows));
            int copies =
                    session.options().nodes() == null ? 1 : session.options().nodes();
            for (int i = 0; i < copies; i++) {
                String id = copies == 1 ? source.stem() : source.stem() + "-" + i;
                session.add(new Node(id, gpu, rows.size(), session.zone(null), link, nic, gpu.pricePerHourUsd()));
            }
            session.assume("prices are those of the catalogue");
        }
    }

    /** For each GPU, how it is connected to each GPU. */
    private static Map<String, List<String>> matrix(ImportSession session, ImportSource source) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        List<String> gpus = List.of();
        for (String raw : source.text().lines().toList()) {
            List<String> cells = Arrays.stream(raw.replaceAll(ESCAPES, "").split("\t", -1))
                    .map(String::strip)
                    .toList();
            List<String> filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
            if (gpus.isEmpty()) {
                if (!filled.isEmpty() && filled.get(0).equals("GPU0")) {
                    gpus = filled.stream()
                            .filter(cell -> cell.matches("GPU[0-9]{1,4}"))
                            .toList();
                }
            } else if (cells.get(0).matches("GPU[0-9]{1,4}")) {
                List<String> row = new ArrayList<>(cells.subList(1, Math.min(cells.size(), gpus.size() + 1)));
                if (row.size() < gpus.size()) {
                    session.problem(source, cells.get(0), "has " + row.size() + " cells for " + gpus.size() + " GPUs");
                    return Map.of();
                }
                rows.put(cells.get(0), row);
            }
        }
        if (gpus.isEmpty()) {
            session.problem(source, "", "has no header row with GPU0; expected what 'nvidia-smi topo -m' prints");
            return Map.of();
        }
        if (!List.copyOf(rows.keySet()).equals(gpus)) {
            session.problem(
                    source, "", "has the GPUs " + gpus + " in its header and " + rows.keySet() + " in its rows");
            return Map.of();
        }
        return valid(session, source, rows) ? rows : Map.of();
    }

    private static boolean valid(ImportSession session, ImportSource source, Map<String, List<String>> rows) {
        boolean valid = true;
        int index = 0;
        for (Map.Entry<String, List<String>> row : rows.entrySet()) {
            for (int j = 0; j < row.getValue().size(); j++) {
                String cell = row.getValue().get(j);
                String expected = index == j ? "X" : "NV[0-9]{1,3}|PIX|PXB|PHB|NODE|SYS|SOC";
                if (!cell.matches(expected)) {
                    session.problem(
                            source,
                            row.getKey() + "/GPU" + j,
                            "is '" + cell + "'; expected " + (index == j ? "X" : "NV#, PIX, PXB, PHB, NODE or SYS"));
                    valid = false;
                }
            }
            index++;
        }
        return valid;
    }

    /** The weakest connection of any two GPUs; {@code null} for a single GPU. */
    private static @Nullable Link connection(
            ImportSession session, ImportSource source, GpuType gpu, Map<String, List<String>> rows) {
        TreeSet<String> kinds = new TreeSet<>();
        int fewest = Integer.MAX_VALUE;
        for (List<String> row : rows.values()) {
            for (String cell : row) {
                if (!cell.equals("X")) {
                    kinds.add(cell);
                    fewest = Math.min(fewest, cell.startsWith("NV") ? Integer.parseInt(cell.substring(2)) : 0);
                }
            }
        }
        if (kinds.isEmpty()) {
            return null;
        }
        Link weakest = fewest > 0
                ? UsualLinks.nvlink(gpu.name(), fewest, rows.size() > 2 ? LinkKind.NVSWITCH : LinkKind.NVLINK)
                : UsualLinks.pcie(gpu.name());
        session.assume("machine '" + source.stem() + "' has the connections " + String.join(", ", kinds)
                + "; all its pairs of GPUs are taken to have the weakest, " + UsualLinks.words(weakest));
        return weakest;
    }
}
