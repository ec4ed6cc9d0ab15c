package org.partiflow.studies.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.results.FindingsBuilder;
import org.partiflow.studies.run.StudyOptions;
import org.partiflow.studies.run.StudyResult;
import org.partiflow.studies.run.StudyRunner;
import org.partiflow.studies.study.StudyReader;
import org.xml.sax.InputSource;

/** A real study, small. */
final class StudyHtmlTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void thePageStandsAloneAndShowsWhatWasFound() throws Exception {
        Findings findings = run();
        String page = StudyHtml.of(findings);
        assertThat(page).isEqualTo(StudyHtml.of(findings));
        String xml = page.replace("<!DOCTYPE html>", "");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertThat(page).doesNotContain("<script", "http://", "https://", "src=", "url(", "NaN", "Infinity");
        findings.answers()
                .forEach(answer -> assertThat(page)
                        .contains(answer.question().ask())
                        .contains(answer.sentence().substring(0, 10)));
        assertThat(page)
                .contains("SLO attainment against SLO scale", "SLO attainment against rate", "TTFT, distribution")
                .contains(
                        "Sweep over shares of the links",
                        "Sweep over caps",
                        "Best plan so far",
                        "Cost and latency",
                        "The reference plan on c")
                .contains("Claim (somebody)", "Cells without figures", "no Planner is named", "x1/100");
        assertThat(page.length()).isLessThan(3_000_000);
    }

    @Test
    void theSummaryHasEveryAnswer() throws IOException {
        Findings findings = run();
        String summary = org.partiflow.studies.results.MarkdownSummary.of(findings);
        findings.answers()
                .forEach(answer -> assertThat(summary)
                        .contains("## " + answer.question().ask(), answer.sentence(), answer.claim()));
    }

    private Findings run() throws IOException {
        Files.writeString(folder.resolve("c.yaml"), """
                partiflow: cluster/1
                name: c
                nodes:
                  - {id: n, gpu: A40, count: 2, intraNode: {bandwidth: 32 GB/s, latency: 5 us, kind: PCIE}, nic: {bandwidth: 40 Gbit/s, latency: 9 us}}
                  - {id: m, gpu: A40, count: 2, intraNode: {bandwidth: 32 GB/s, latency: 5 us, kind: PCIE}, nic: {bandwidth: 40 Gbit/s, latency: 9 us}}
                """);
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                partiflow: study/1
                name: s
                title: A <small> study & its page
                clusters: [c.yaml]
                models: [llama-2-7b]
                workloads: [HPLD]
                seeds: 2
                planSeeds: 1
                planners: [hexgen2, nobody]
                links: [x1, x1/100, cap 1 Gbit/s]
                plans: [fixed, replanned]
                loads: [40 %, 75 %]
                requests: 60
                evaluations: 100
                sloScales: [0.5, 1, 2]
                checkpoints: [10, 100]
                metrics: [plannedRequestsPerSecond, usdPerMillionOutputTokens, requestsPerSecond, attainment, e2eMean]
                questions:
                  - {id: a, ask: "Links, throughput?", compare: link, where: {planner: hexgen2}, baseline: {link: x1}, metric: requestsPerSecond}
                  - {id: b, ask: "Links, latency?", compare: link, where: {planner: hexgen2}, baseline: {link: x1}, metric: e2eMean}
                  - {id: c, ask: "Links, attainment?", compare: link, where: {planner: hexgen2}, baseline: {link: x1}, metric: attainment}
                  - {id: d, ask: "Planners?", compare: planner, baseline: {planner: hexgen2}, metric: plannedRequestsPerSecond, claim: {source: somebody, factor: 1.5, text: Half as much again.}}
                """);
        Path out = Files.createDirectories(folder.resolve("out"));
        var study = new StudyReader().readOrThrow(file);
        StudyResult result = new StudyRunner().run(study, StudyOptions.in(out).withThreads(2));
        return FindingsBuilder.of(study, result.log());
    }
}
