package org.partiflow.studies.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.partiflow.studies.run.SortedResults;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Metric;
import org.partiflow.studies.study.Question;
import org.partiflow.studies.study.Study;

/** Tables for other programs. Stateless. */
public final class CsvTables {
    private CsvTables() {}

    /** Every cell with its coordinates and metrics, in order; memory does not depend on their number. */
    public static void cells(Study study, Path log, Path file) {
        List<String> head = new ArrayList<>(List.of("cell", "grid"));
        head.addAll(Axis.labels());
        head.addAll(List.of("status", "reason"));
        study.metrics().forEach(metric -> head.add(metric.name()));
        try (Csv csv = new Csv(file)) {
            csv.row(head);
            SortedResults.forEach(log, result -> {
                Cell cell = study.cell(result.index());
                List<String> row = new ArrayList<>(List.of(String.valueOf(cell.index()), cell.grid()));
                row.addAll(cell.values());
                row.addAll(List.of(result.status().name(), result.reason()));
                for (Metric metric : study.metrics()) {
                    row.add(Csv.number(result.value(metric.name())));
                }
                csv.row(row);
            });
        }
    }

    /** Every effect, over all problems and per problem, with the cells behind it. */
    public static void effects(Findings findings, Path file) {
        try (Csv csv = new Csv(file)) {
            csv.row(List.of(
                    "question",
                    "compare",
                    "value",
                    "baseline",
                    "metric",
                    "cluster",
                    "model",
                    "workload",
                    "kind",
                    "change",
                    "low95",
                    "high95",
                    "units",
                    "better",
                    "worse",
                    "pT",
                    "pSign",
                    "verdict",
                    "mean",
                    "baselineMean",
                    "cells",
                    "baselineCells"));
            for (Answer answer : findings.answers()) {
                for (Effect effect : answer.effects()) {
                    csv.row(row(answer.question(), effect.value(), List.of("", "", ""), effect.overall(), List.of()));
                    for (BlockEffect block : effect.blocks()) {
                        List<String> more = List.of(
                                Csv.number(block.value()),
                                Csv.number(block.baseline()),
                                list(block.cells()),
                                list(block.baselineCells()));
                        csv.row(row(answer.question(), effect.value(), block.block(), block.estimate(), more));
                    }
                }
            }
        }
    }

    private static List<String> row(
            Question question, String value, List<String> block, Estimate estimate, List<String> more) {
        List<String> row = new ArrayList<>(List.of(
                question.id(),
                question.compare().label(),
                value,
                Wording.baseline(question),
                question.metric().name()));
        row.addAll(block);
        row.addAll(List.of(
                estimate.isShare() ? "difference" : "relative change",
                Csv.number(estimate.change()),
                Csv.number(estimate.lowChange()),
                Csv.number(estimate.highChange()),
                String.valueOf(estimate.units()),
                String.valueOf(estimate.wins()),
                String.valueOf(estimate.losses()),
                Csv.number(estimate.tP()),
                Csv.number(estimate.signP()),
                estimate.verdict().label()));
        row.addAll(more.isEmpty() ? List.of("", "", "", "") : more);
        return row;
    }

    private static String list(List<Long> cells) {
        return cells.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
