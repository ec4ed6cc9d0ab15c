package org.partiflow.interop.imports;

import java.util.List;
import java.util.stream.Collectors;

/** All importers. Stateless and thread-safe. */
public final class Importers {
    private static final List<ClusterImporter> ALL = List.of(
            new KubernetesImporter(),
            new NvidiaSmiImporter(),
            new NcclTopologyImporter(),
            new AiConfiguratorImporter(),
            new HelixImporter(),
            new MelangeImporter());

    private Importers() {}

    /** Every importer. */
    public static List<ClusterImporter> all() {
        return ALL;
    }

    /**
     * The importer of a format.
     *
     * @throws IllegalArgumentException if there is none; the message lists the choices
     */
    public static ClusterImporter of(String format) {
        return ALL.stream()
                .filter(importer -> importer.format().equals(format))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format is named '" + format + "'; choose from: "
                        + ALL.stream().map(ClusterImporter::format).collect(Collectors.joining(", "))));
    }
}
