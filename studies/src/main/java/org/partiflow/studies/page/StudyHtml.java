package org.partiflow.studies.page;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.report.Page;
import org.partiflow.studies.report.PlanPictures;
import org.partiflow.studies.results.Answer;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.words.Numbers;

/** The page of a study: one HTML file without script or network. Stateless; equal findings give equal text. */
final class StudyHtml {
    private StudyHtml() {}

    static String of(Findings findings) {
        Study study = findings.study();
        Element main = Element.of("main");
        main.add(header(findings));
        if (!findings.answers().isEmpty()) {
            main.add(Page.section(
                    "The answers",
                    "Each sentence is made from the figures below it; an interval that lies within the margin counts as no"
                            + " difference, which is a finding too.",
                    answers(findings)));
        }
        for (Answer answer : findings.answers()) {
            main.add(AnswerSection.of(findings, answer));
        }
        main.add(CostLatency.of(findings));
        main.add(VariantTable.of(findings));
        main.add(PlanSection.of(findings));
        main.add(Repeat.of(findings));
        String style = PlanPictures.style() + Page.style(StudyHtml.class, "study.css");
        return Page.document("Partiflow study: " + study.title(), style, main);
    }

    private static Node header(Findings findings) {
        Study study = findings.study();
        List<Node> tiles = new ArrayList<>();
        tiles.add(tile(Numbers.count(study.size()), "cells: a plan and its simulation each"));
        tiles.add(tile(Numbers.count(problems(study)), "problems: cluster x model x workload"));
        tiles.add(tile(Numbers.count(study.grids().get(0).of(Axis.SEED).size()), "seeds per cell"));
        tiles.add(tile(
                Numbers.count(findings.infeasible() + findings.failed()), "cells without figures, listed at the end"));
        return Element.of(
                "header",
                Element.text("p", "Partiflow study: " + study.name()).with("class", "kicker"),
                Element.text("h1", study.title()),
                Element.text("p", study.summary()).with("class", "lead"),
                Page.block("tiles").add(tiles));
    }

    private static long problems(Study study) {
        return study.grids().stream()
                .flatMap(grid -> grid.of(Axis.CLUSTER).stream()
                        .flatMap(cluster -> grid.of(Axis.MODEL).stream()
                                .flatMap(model -> grid.of(Axis.WORKLOAD).stream()
                                        .map(workload -> cluster + '\n' + model + '\n' + workload))))
                .distinct()
                .count();
    }

    private static Node tile(String value, String label) {
        return Page.block("tile", Page.span("value", value), Page.span("label", label));
    }

    private static Node answers(Findings findings) {
        Element list = Element.of("ul").with("class", "answers");
        for (Answer answer : findings.answers()) {
            Element item =
                    Element.of("li", Page.span("ask", answer.question().ask()), Page.text(answer.sentence() + " "));
            if (!answer.claim().isEmpty()) {
                item.add(Page.text(answer.claim()));
            }
            list.add(item);
        }
        return list;
    }
}
