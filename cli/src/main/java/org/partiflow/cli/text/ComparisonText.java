package org.partiflow.cli.text;

import java.util.List;
import org.partiflow.studies.compare.ComparisonWords;
import org.partiflow.studies.compare.GroupChange;
import org.partiflow.studies.compare.Metric;
import org.partiflow.studies.compare.PlanComparison;
import org.partiflow.studies.compare.PlanDifference;
import org.partiflow.studies.words.Numbers;

/** A comparison as text. Stateless. */
public final class ComparisonText {
    private ComparisonText() {}

    /** The verdict, the figures side by side, and what differs. */
    public static String of(PlanComparison comparison) {
        TextTable table = new TextTable(
                "<>>><", "", comparison.first().name(), comparison.second().name(), "CHANGE", "");
        rows(table, comparison.predicted());
        table.row(
                "Simulated at " + Numbers.round(comparison.offeredRequestsPerSecond()) + " req/s, "
                        + Numbers.count(
                                comparison.firstRun().report().requests().arrived()) + " requests:",
                "",
                "",
                "",
                "");
        rows(table, comparison.simulated());
        return ComparisonWords.verdict(comparison) + "\n\n" + table + "\n" + difference(comparison.difference());
    }

    /** What differs, a line for each group and route; unchanged groups are counted. */
    public static String difference(PlanDifference difference) {
        StringBuilder text = new StringBuilder();
        for (GroupChange change : difference.groups()) {
            if (change.kind() != GroupChange.Kind.SAME) {
                text.append("  ").append(ComparisonWords.line(change)).append('\n');
            }
        }
        difference
                .routes()
                .forEach(route ->
                        text.append("  ").append(ComparisonWords.line(route)).append('\n'));
        int same = difference.groups(GroupChange.Kind.SAME).size();
        String head = difference.isEmpty()
                ? "Nothing differs: "
                : difference.groups().size() == same ? "Only routes differ: " : "What differs: ";
        return head + Numbers.count(same) + " of "
                + Numbers.count(difference.groups().size()) + " groups are the same.\n" + text;
    }

    private static void rows(TextTable table, List<Metric> metrics) {
        for (Metric metric : metrics) {
            table.row(
                    metric.label(),
                    metric.words(metric.first()),
                    metric.words(metric.second()),
                    metric.changeInWords(),
                    metric.verdict() > 0 ? "better" : metric.verdict() < 0 ? "worse" : "");
        }
    }
}
