package org.partiflow.studies.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.words.PlanWords;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PlanReportHtmlTest {
    private final String html = PlanReportHtml.write(Fixtures.report());

    @Test
    void isWellFormedAndEscapesWhatItIsGiven() throws IOException, SAXException, ParserConfigurationException {
        Document document = parse(html);
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("llama-2-70b on mixed-20 & more: 2.42 requests/s");
        assertThat(document.getElementsByTagName("svg").getLength()).isGreaterThan(10);
        assertThat(html).contains("Zone z1 &lt;west&gt;").doesNotContain("<west>");
        Files.writeString(Path.of("target", "report.html"), html);
    }

    @Test
    void refersToNothingOutside() {
        assertThat(html).doesNotContain("http", "src=", "href=", "url(", "<script", "@import");
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            for (String language : List.of("tr", "de", "ar")) {
                Locale.setDefault(Locale.forLanguageTag(language));
                assertThat(PlanReportHtml.write(Fixtures.report())).isEqualTo(html);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void saysWhatTheReaderAsksFirst() {
        assertThat(html)
                .contains("18 of 20 GPUs in 2 prefill, 2 decode and 1 colocated groups")
                .contains("No plan in the pattern space can exceed 2.58 requests/s")
                .contains("compute of decode groups d0, d1")
                .contains("95.4 %")
                .contains("two GPUs are left over &amp; not used");
    }

    @Test
    void claimsNoGapWhereTheBoundIsNotOnTheObjective() {
        ServingPlan plan = Fixtures.plan();
        ServingPlan.Generator made = plan.generator();
        ServingPlan cheapest = new ServingPlan(
                new ServingPlan.Generator(
                        made.version(), made.strategy(), made.flow(), made.refinement(), "COST", made.seed()),
                plan.inputs(),
                plan.groups(),
                plan.routes(),
                plan.throughput(),
                plan.certificate(),
                plan.unusedGpus(),
                plan.cost(),
                plan.alternatives(),
                plan.termination(),
                plan.warnings());
        assertThat(PlanWords.certificate(plan)).contains("within 6.2 %");
        assertThat(PlanWords.certificate(cheapest)).contains("not bounded").doesNotContain("%");
        assertThat(PlanReportHtml.write(new PlanReport(Fixtures.problem(), cheapest, Optional.empty())))
                .doesNotContain("to the proven bound");
    }

    @Test
    void drawsAPlanWithoutSimulation() throws IOException, SAXException, ParserConfigurationException {
        PlanReport alone = new PlanReport(Fixtures.problem(), Fixtures.plan(), Optional.empty());
        parse(PlanReportHtml.write(alone));
        assertThat(PlanReportHtml.write(alone)).doesNotContain("In the simulator");
    }

    @Test
    void drawsARunInWhichNothingCompleted() throws IOException, SAXException, ParserConfigurationException {
        SimulatedRun run = Fixtures.run();
        List<LatencyCurve> empty = run.curves().stream()
                .map(c -> new LatencyCurve(c.name(), c.meaning(), List.of(), c.targetSeconds()))
                .toList();
        ServingPlan plan = Fixtures.plan();
        SimulatedRun nothing = new SimulatedRun(run.setting(), 1, run.report(), empty, Optional.of("too much"));
        parse(PlanReportHtml.write(new PlanReport(Fixtures.problem(), plan, Optional.of(nothing))));
    }

    private static Document parse(String html) throws IOException, SAXException, ParserConfigurationException {
        String xml = html.substring("<!DOCTYPE html>".length());
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
