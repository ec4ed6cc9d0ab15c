package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.partiflow.io.Samples.WORKLOAD;
import static org.partiflow.io.Samples.bytes;
import static org.partiflow.io.Samples.problems;
import static org.partiflow.io.Samples.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.FixedLengths;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.api.workload.Workload;

class WorkloadReaderTest {
    private final WorkloadReader reader = new WorkloadReader();

    @Test
    void readsAllFields() {
        Workload workload = value(reader.read("w.yaml", bytes(WORKLOAD)));
        assertThat(workload.classes().get(0).lengths()).isEqualTo(new FixedLengths(2606, 72));
        assertThat(workload.arrivals()).isEqualTo(Arrivals.poisson(5));
        assertThat(workload.slo()).contains(new SloTarget(2, 0.15, 0.9));
    }

    @Test
    void arrivalsAndTargetsAreOptional() {
        String bare = WORKLOAD.substring(0, WORKLOAD.indexOf("arrivals"));
        Workload workload = value(reader.read("w.yaml", bytes(bare)));
        assertThat(workload.arrivals()).isEqualTo(Arrivals.poisson(1));
        assertThat(workload.slo()).isEmpty();
    }

    @Test
    void gammaArrivalsHaveACoefficient() {
        String gamma = WORKLOAD.replace("process: poisson", "process: gamma, cv: 2.5");
        assertThat(value(reader.read("w.yaml", bytes(gamma))).arrivals().coefficientOfVariation())
                .isEqualTo(2.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            share: 1.0    | share: 0.9    | w.yaml: shares of workload 'HPLD' sum to 0.9, not 1
            share: 1.0    | share: 0      | w.yaml: requests.classes[0]: share of class 'long' must be in (0, 1], got 0.0
            share: 1.0    | share: 1.5    | w.yaml: requests.classes[0].share: must be a number from 0 to 1, got 1.5
            share: 1.0    | share: .nan   | w.yaml: requests.classes[0].share: '.nan' is not a finite number; write a plain number
            share: 1.0    | share: 1e400  | w.yaml: requests.classes[0].share: '1e400' is not a finite number; write a plain number
            promptTokens: 2606 | promptTokens: 0 | w.yaml: requests.classes[0].promptTokens: must be a whole number from 1 to 100000000, got 0
            outputTokens: 72 | outputToken: 72 | w.yaml: requests.classes[0].outputToken: unknown field 'outputToken' (did you mean 'outputTokens'?)
            outputTokens: 72 | outputTokens: 72, lengths: {} | w.yaml: requests.classes[0].promptTokens: stands beside lengths; give one of both
            rate: 5 /s    | rate: 5       | w.yaml: arrivals.rate: '5' has no unit; write a rate such as '5 /s'
            rate: 5 /s    | rate: 0 /s    | w.yaml: arrivals.rate: '0 /s' is out of range: it must be above zero
            , rate: 5 /s  |               | w.yaml: arrivals.rate: is missing; give a rate such as '5 /s'
            poisson       | poison        | w.yaml: arrivals.process: unknown value 'poison' (did you mean 'poisson'?); choose one of poisson, constant, gamma, trace
            poisson       | gamma         | w.yaml: arrivals.cv: is missing; give a number
            poisson       | trace         | w.yaml: arrivals.process: 'trace' needs a valid trace under requests; give requests.trace
            attainment: 0.9 | attainment: 90 | w.yaml: slo.attainment: must be a number from 0 to 1, got 90
            2 s           | 2             | w.yaml: slo.timeToFirstToken: '2' has no unit; write a time such as '20 us' or '2 s'
            classes:      | klasses:      | w.yaml: requests.classes: is missing; give classes or a trace
            """)
    void badValuesAreToldWithTheirPlaceAndARemedy(String from, String to, String expected) {
        assertThat(WORKLOAD).contains(from);
        String content = WORKLOAD.replace(from, to == null ? "" : to);
        assertThat(problems(reader.read("w.yaml", bytes(content)))).contains(expected);
    }

    @Test
    void quantilesThatDoNotAscendAreAnError() {
        String bad = WORKLOAD.replace(
                "promptTokens: 2606, outputTokens: 72",
                "lengths: {promptQuantiles: [1, 5, 3], outputQuantilesByBand: [[1, 2]]}");
        assertThat(problems(reader.read("w.yaml", bytes(bad))))
                .contains("w.yaml: requests.classes[0].lengths: prompt quantiles must ascend");
    }

    @ParameterizedTest
    @CsvSource({
        "HPLD, 2605.7, 71.9, 513, 10",
        "HPHD, 1209.9, 386.8, 513, 129",
        "LPHD, 228.6, 177.8, 2, 129",
        "LPLD, 355.9, 85.2, 2, 7"
    })
    void builtInWorkloadsFollowTheTrace(String name, double prompt, double output, int minPrompt, int minOutput) {
        Workload workload = Catalogue.findWorkload(name).orElseThrow().value();
        assertThat(workload.name()).isEqualTo(name);
        assertThat(workload.arrivals()).isEqualTo(Arrivals.poisson(5));
        assertThat(workload.slo()).contains(new SloTarget(2, 0.15, 0.9));
        assertThat(workload.moments().prompt()).isCloseTo(prompt, within(prompt * 0.06));
        assertThat(workload.moments().output()).isCloseTo(output, within(output * 0.06));
        assertThat(workload.classes().get(0).lengths().samplePrompt(0)).isGreaterThanOrEqualTo(minPrompt);
        assertThat(workload.classes().get(0).lengths().sampleOutput(0, 0)).isGreaterThanOrEqualTo(minOutput);
    }

    @Test
    void builtInNamesAreFoundInAnyCase() {
        assertThat(reader.readNameOrFileOrThrow("hpld").name()).isEqualTo("HPLD");
        assertThat(problems(reader.readNameOrFile("HPLX")))
                .singleElement()
                .asString()
                .startsWith(
                        "HPLX: is neither a file nor a built-in workload (did you mean 'HPLD'?); choose one of HPLD, ");
    }
}
