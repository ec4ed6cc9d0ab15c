package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.partiflow.io.Samples.bytes;
import static org.partiflow.io.Samples.plan;
import static org.partiflow.io.Samples.problems;
import static org.partiflow.io.Samples.value;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.plan.ServingPlan;

class PlanFileTest {
    private final PlanWriter writer = new PlanWriter();
    private final PlanReader reader = new PlanReader();

    private String written() {
        return new String(writer.toBytes(plan()), StandardCharsets.UTF_8);
    }

    private static ServingPlan withThroughput(ServingPlan.Throughput throughput) {
        ServingPlan plan = plan();
        return new ServingPlan(
                plan.generator(),
                plan.inputs(),
                plan.groups(),
                plan.routes(),
                throughput,
                plan.certificate(),
                plan.unusedGpus(),
                plan.cost(),
                plan.alternatives(),
                plan.termination(),
                plan.warnings());
    }

    @Test
    void whatIsWrittenReadsBackEqual(@TempDir Path directory) {
        Path file = directory.resolve("plan.json");
        writer.write(plan(), file);
        assertThat(reader.readOrThrow(file).value()).isEqualTo(plan());
    }

    @Test
    void aPlanWithoutServingOptionsIsRead() {
        String old = written().replaceFirst(",\\s*\"serving\": \\{[^}]*}", "");
        assertThat(old).doesNotContain("serving");
        assertThat(value(reader.read("plan.json", bytes(old))).inputs().serving())
                .isNull();
    }

    @Test
    void keysAreInTheOrderOfTheFormat() {
        assertThat(written().lines().filter(l -> l.startsWith("  \"")).map(l -> l.replaceAll("^  \"(\\w+)\".*", "$1")))
                .containsExactly(
                        "partiflow",
                        "generator",
                        "inputs",
                        "groups",
                        "routes",
                        "throughput",
                        "certificate",
                        "unusedGpus",
                        "cost",
                        "alternatives",
                        "termination",
                        "warnings");
        assertThat(written())
                .startsWith("{\n  \"partiflow\": \"plan/1\",\n")
                .endsWith("}\n")
                .doesNotContain("\r")
                .contains("\"limit\": null")
                .contains("\"gap\": 0.0625");
    }

    @Test
    void numbersHaveTwelveDigitsAndNoExponent() {
        String text = new String(
                writer.toBytes(withThroughput(new ServingPlan.Throughput(2.0 / 3, 1e15, 1e-7))),
                StandardCharsets.UTF_8);
        assertThat(text)
                .contains("\"requestsPerSecond\": 0.666666666667,")
                .contains("\"outputTokensPerSecond\": 1000000000000000,")
                .contains("\"totalTokensPerSecond\": 0.0000001\n");
    }

    @Test
    void theLocaleChangesNothing() {
        String expected = written();
        Locale before = Locale.getDefault();
        try {
            for (Locale locale :
                    List.of(Locale.GERMANY, Locale.forLanguageTag("ar-EG-u-nu-arab"), Locale.forLanguageTag("tr"))) {
                Locale.setDefault(locale);
                assertThat(written()).isEqualTo(expected);
                assertThat(value(reader.read("plan.json", bytes(expected)))).isEqualTo(plan());
                assertThat(Catalogue.findGpuType("H100-PCIE-80GB")).isPresent();
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void numbersThatAreNotFiniteAreTheCallersMistake() {
        ServingPlan bad = withThroughput(new ServingPlan.Throughput(1, Double.NaN, 1));
        assertThatThrownBy(() -> writer.toBytes(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("throughput: outputTokensPerSecond is NaN; files hold finite numbers only");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "PREFILL"          | "PREFIL"    | plan.json: groups[0].phase: unknown value 'PREFIL' (did you mean 'PREFILL'?); choose one of PREFILL, DECODE, COLOCATED
            "to": "d0"         | "to": "d9"  | plan.json: routes[0].to: there is no group 'd9' (did you mean 'd0'?); name one of the groups of this plan
            "id": "d0"         | "id": "p0"  | plan.json: groups[1].id: group id 'p0' is already used at groups[0]; choose another
            "batch": 4         | "batch": -4 | plan.json: groups[0].batch: must be a whole number from 0 to 2147483647, got -4
            "weights": "fp8"   | "weights": "fp9" | plan.json: inputs.serving.weights: unknown value 'fp9' (did you mean 'fp8'?); choose one of fp16, bf16, fp8, int4
            "memoryUtilization": 0.9 | "memoryUtilization": 1.5 | plan.json: inputs.serving.memoryUtilization: must be
            "seed": 42         | "seeds": 42 | plan.json: generator.seeds: unknown field 'seeds' (did you mean 'seed'?)
            "gap": 0.0625      | "gap": NaN  | is not valid JSON
            "gap": 0.0625      | "gap": 1e999 | plan.json: certificate.gap: '1e999' is not a finite number; write a plain number
            "unusedGpus": []   | "unusedGpus": {} | plan.json: unusedGpus: must be a list, got an object
            plan/1             | plan/7      | plan.json: partiflow: version 'plan/7' is not supported; this release reads 'plan/1'
            """)
    void badPlansAreTold(String from, String to, String expected) {
        assertThat(written()).contains(from);
        assertThat(problems(reader.read("plan.json", bytes(written().replace(from, to)))))
                .anyMatch(p -> p.contains(expected));
    }

    @Test
    void allProblemsOfAPlanAreTold() {
        assertThat(problems(reader.read("plan.json", bytes("{}")))).hasSizeGreaterThan(11);
    }
}
