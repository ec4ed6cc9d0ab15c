package org.partiflow.studies.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.partiflow.studies.charts.EffectBars;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.report.Page;
import org.partiflow.studies.results.Answer;
import org.partiflow.studies.results.BlockEffect;
import org.partiflow.studies.results.Effect;
import org.partiflow.studies.results.Estimate;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.results.MarkdownSummary;
import org.partiflow.studies.results.Verdict;
import org.partiflow.studies.results.Wording;
import org.partiflow.studies.study.Question;
import org.partiflow.studies.words.Numbers;

/** What a study says to one question. Stateless. */
final class AnswerSection {
    private static final int MOST_SHOWN_CELLS = 3;

    private AnswerSection() {}

    static Node of(Findings findings, Answer answer) {
        Question question = answer.question();
        String caption = "Change of the " + question.metric().title() + " against " + Wording.baseline(question)
                + ", mean over problems with its 95 % interval; the grey band is the margin of "
                + Numbers.brief(question.margin() * 100)
                + (question.metric().isShare() ? " points" : " %") + "."
                + (question.metric().lowerIsBetter() ? " Less is better." : " More is better.");
        List<Node> parts = new ArrayList<>();
        parts.add(Element.text("p", answer.sentence()).with("class", "answer"));
        question.claim()
                .ifPresent(claim -> parts.add(Element.of(
                                "p",
                                Page.span("ask", "Claim (" + claim.source() + ")"),
                                Page.text(claim.text() + " " + answer.claim()))
                        .with("class", "claim")));
        parts.add(bars(answer));
        Node curves = Curves.of(findings, question);
        parts.add(curves);
        parts.add(details(answer));
        return Page.section(question.ask(), caption, parts.toArray(Node[]::new));
    }

    private static Node bars(Answer answer) {
        List<EffectBars.Bar> bars = answer.effects().stream()
                .map(effect -> new EffectBars.Bar(
                        effect.value(),
                        effect.overall().change(),
                        effect.overall().lowChange(),
                        effect.overall().highChange(),
                        look(effect.overall().verdict()),
                        effect.overall().units() == 0 ? "no figures" : Wording.change(effect.overall())))
                .toList();
        Question question = answer.question();
        return new EffectBars(
                        "Change of the " + question.metric().title() + " against " + Wording.baseline(question),
                        bars,
                        question.margin(),
                        question.metric().isShare() ? "pt" : "%")
                .draw();
    }

    private static String look(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case SAME -> "same";
            case UNDECIDED, UNKNOWN -> "open";
        };
    }

    /** Figures overall and per problem, with the cells behind them. */
    private static Node details(Answer answer) {
        String unit = answer.question().metric().unit();
        List<String> head = List.of(
                answer.question().compare().label(),
                "problem",
                "change",
                "95 % interval",
                "better / worse",
                "p (t)",
                "p (sign)",
                "verdict",
                "mean" + (unit.isEmpty() ? "" : ", " + unit),
                "baseline",
                "cells");
        List<List<Node>> rows = new ArrayList<>();
        for (Effect effect : answer.effects()) {
            rows.add(row(effect.value(), "all", effect.overall(), "", "", ""));
            for (BlockEffect block : effect.blocks()) {
                rows.add(row(
                        effect.value(),
                        String.join(", ", block.block()),
                        block.estimate(),
                        Numbers.round(block.value()),
                        Numbers.round(block.baseline()),
                        cells(block)));
            }
        }
        return Element.of(
                "details",
                Element.text("summary", "Per problem, with tests and cells"),
                Page.table(head, "<<>>>>><>><", rows));
    }

    private static List<Node> row(
            String value, String problem, Estimate estimate, String mean, String baseline, String cells) {
        return List.of(
                Page.text(value),
                problem.equals("all") ? Element.text("b", "all problems") : Page.text(problem),
                Page.text(estimate.units() == 0 ? "" : Wording.change(estimate)),
                Page.text(estimate.units() == 0 ? "" : Wording.interval(estimate)),
                Page.text(estimate.wins() + " / " + estimate.losses()),
                Page.text(MarkdownSummary.p(estimate.tP())),
                Page.text(MarkdownSummary.p(estimate.signP())),
                Page.span(look(estimate.verdict()), estimate.verdict().label()),
                Page.text(mean),
                Page.text(baseline),
                Page.span("cells", cells));
    }

    private static String cells(BlockEffect block) {
        return list(block.cells()) + " against " + list(block.baselineCells());
    }

    private static String list(List<Long> cells) {
        String shown =
                cells.stream().limit(MOST_SHOWN_CELLS).map(String::valueOf).collect(Collectors.joining(" "));
        return cells.size() > MOST_SHOWN_CELLS ? shown + " ..." : shown;
    }
}
