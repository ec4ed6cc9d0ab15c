package org.partiflow.studies.results;

import java.util.Locale;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.words.Numbers;

/** The answers as Markdown. Stateless. */
public final class MarkdownSummary {
    private MarkdownSummary() {}

    /** The whole text. */
    public static String of(Findings findings) {
        Study study = findings.study();
        StringBuilder out = new StringBuilder();
        out.append("# ")
                .append(line(study.title()))
                .append("\n\n")
                .append(line(study.summary()))
                .append("\n\n");
        out.append(String.format(
                Locale.ROOT,
                "%s cells: %s with figures, %s without a feasible plan, %s failed.%n%n",
                Numbers.count(study.size()),
                Numbers.count(findings.done()),
                Numbers.count(findings.infeasible()),
                Numbers.count(findings.failed())));
        for (Answer answer : findings.answers()) {
            answer(answer, out);
        }
        if (!findings.troubles().isEmpty()) {
            out.append("## Cells without figures\n\n| status | reason | cells | first cell |\n|---|---|--:|--:|\n");
            for (Findings.Trouble trouble : findings.troubles()) {
                out.append("| ")
                        .append(trouble.status())
                        .append(" | ")
                        .append(cell(trouble.reason()))
                        .append(" | ")
                        .append(trouble.cells())
                        .append(" | ")
                        .append(trouble.firstCell())
                        .append(" |\n");
            }
        }
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    private static void answer(Answer answer, StringBuilder out) {
        out.append("## ")
                .append(line(answer.question().ask()))
                .append("\n\n")
                .append(answer.sentence())
                .append("\n\n");
        if (!answer.claim().isEmpty()) {
            answer.question()
                    .claim()
                    .ifPresent(claim -> out.append("Claim (")
                            .append(line(claim.source()))
                            .append("): ")
                            .append(line(claim.text()))
                            .append(" ")
                            .append(answer.claim())
                            .append("\n\n"));
        }
        out.append("| ")
                .append(answer.question().compare().label())
                .append(" | change of ")
                .append(answer.question().metric().title())
                .append(" | 95 % interval | better | worse | p (t) | p (sign) | verdict |\n")
                .append("|---|--:|--:|--:|--:|--:|--:|---|\n");
        for (Effect effect : answer.effects()) {
            Estimate overall = effect.overall();
            out.append("| ")
                    .append(cell(effect.value()))
                    .append(" | ")
                    .append(Wording.change(overall))
                    .append(" | ")
                    .append(Wording.interval(overall))
                    .append(" | ")
                    .append(overall.wins())
                    .append(" | ")
                    .append(overall.losses())
                    .append(" | ")
                    .append(p(overall.tP()))
                    .append(" | ")
                    .append(p(overall.signP()))
                    .append(" | ")
                    .append(overall.verdict().label())
                    .append(" |\n");
        }
        out.append('\n');
    }

    /** A p value as text. */
    public static String p(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String cell(String text) {
        return line(text).replace("|", "\\|");
    }
}
