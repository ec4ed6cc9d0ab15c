package org.partiflow.studies.page;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.report.Page;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Grid;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudySettings;
import org.partiflow.studies.words.Numbers;

/** What was run, how to repeat it, and what did not work. Stateless. */
final class Repeat {
    private Repeat() {}

    static Node of(Findings findings) {
        Study study = findings.study();
        StudySettings settings = study.settings();
        Element list = Element.of("dl");
        entry(list, "To repeat", "partiflow study --study " + study.name() + ".yaml --out DIR");
        for (Grid grid : study.grids()) {
            entry(list, "Grid " + grid.name(), Numbers.count(grid.size()) + " cells: " + values(grid));
        }
        entry(
                list,
                "Plans",
                "objective " + settings.objective() + ", cost model " + settings.costModel() + ", at most "
                        + Numbers.count(settings.evaluations()) + " candidates, "
                        + (settings.planSeeds() < Integer.MAX_VALUE
                                ? "made with " + settings.planSeeds() + " seeds that the cells share" + own(settings)
                                : "each with its cell's seed"));
        entry(list, "Simulation", Numbers.count(settings.requests()) + " requests, the first tenth left out");
        entry(
                list,
                "Statistics",
                "values are paired with their baseline by problem and seed; ratios are averaged as logarithms over the"
                        + " seeds, then over the problems, whose spread gives the interval (Student's t); p (t) is the"
                        + " paired t test, p (sign) the sign test over problems that differ by more than the margin."
                        + " No correction for many questions.");
        entry(list, "Cells", "every figure names its cells; cells.csv lists them with all coordinates and metrics");
        entry(list, "Inputs", "SHA-256 " + study.sha256() + " of the study and all that it names");
        Element section = Page.section("What was run, and how to repeat it", "Equal inputs give equal files.", list);
        return findings.troubles().isEmpty() ? section : section.add(troubles(findings));
    }

    private static String own(StudySettings settings) {
        return settings.seededPartitioners().isEmpty()
                ? ""
                : "; those of " + String.join(", ", new TreeSet<>(settings.seededPartitioners()))
                        + " each with its cell's seed";
    }

    private static String values(Grid grid) {
        List<String> parts = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            List<String> own = grid.of(axis);
            parts.add(
                    axis == Axis.SEED && own.size() > 2
                            ? own.size() + " seeds"
                            : (own.size() > 1 ? axis.plural() : axis.label()) + " " + String.join(", ", own));
        }
        return String.join("; ", parts);
    }

    private static Node troubles(Findings findings) {
        List<List<Node>> rows = new ArrayList<>();
        for (Findings.Trouble trouble : findings.troubles()) {
            rows.add(List.of(
                    Page.text(trouble.status().equals("FAILED") ? "failed" : "no feasible plan"),
                    Page.span("cells", trouble.reason()),
                    Page.text(Numbers.count(trouble.cells())),
                    Page.text(String.valueOf(trouble.firstCell()))));
        }
        return Page.block(
                "tables",
                Element.text("h3", "Cells without figures"),
                Page.table(List.of("how", "why", "cells", "first cell"), "<<>>", rows));
    }

    private static void entry(Element list, String term, String text) {
        list.add(Element.text("dt", term)).add(Element.text("dd", text));
    }
}
