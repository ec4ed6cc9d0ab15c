package org.partiflow.interop.imports;

import java.util.Locale;
import org.partiflow.api.workload.FixedLengths;
import org.partiflow.api.workload.RequestClass;
import org.partiflow.api.workload.Workload;

/** A workload of fixed classes as {@code workload/1}. Stateless. */
public final class WorkloadText {
    private WorkloadText() {}

    /**
     * The content of the file.
     *
     * @throws IllegalArgumentException if a class has lengths that are not fixed, as no importer makes
     */
    public static String yaml(Workload workload) {
        StringBuilder text = new StringBuilder("partiflow: workload/1\n");
        text.append("name: ").append(quoted(workload.name())).append("\nrequests:\n  classes:\n");
        for (RequestClass c : workload.classes()) {
            if (!(c.lengths() instanceof FixedLengths fixed)) {
                throw new IllegalArgumentException("class '" + c.name() + "' has no fixed lengths");
            }
            text.append(String.format(
                    Locale.ROOT,
                    "    - {name: %s, share: %s, promptTokens: %d, outputTokens: %d}%n",
                    quoted(c.name()),
                    c.share(),
                    fixed.promptTokens(),
                    fixed.outputTokens()));
        }
        return text.append("arrivals: {process: poisson, rate: ")
                .append(workload.arrivals().ratePerSecond())
                .append(" /s}\n")
                .toString()
                .replace("\r\n", "\n");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
