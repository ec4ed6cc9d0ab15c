package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A calibrated profile reaches the planner, and what it wrote is checked and replayed with the same times. */
class FittedCostTest {
    @TempDir
    private Path directory = Path.of("");

    private String[] problem = {};
    private String plan = "";
    private String profile = "";

    @BeforeEach
    void calibrate() throws IOException {
        problem = new String[] {
            "--cluster", Clusters.small(directory).toString(), "--model", "llama-2-7b", "--workload", "LPLD"
        };
        plan = directory.resolve("plan.json").toString();
        profile = directory.resolve("profile.json").toString();
        Path data = directory.resolve("gemm.csv");
        Files.write(data, products());
        Outcome fitted = Outcome.of("calibrate", "--data", data.toString(), "--kind", "gemm", "--out", profile);
        assertThat(fitted.code()).as(fitted.err()).isZero();
    }

    @Test
    void aProfileReachesPlanCheckAndSimulate() throws IOException {
        Outcome slow = with("plan", "--profile", profile, "--out", plan);
        assertThat(slow.code()).as(slow.err()).isZero();
        assertThat(Path.of(plan)).content().containsPattern("\"costModel\" ?: ?\"fitted/1/[0-9a-f]{12}\"");

        Outcome unnamed = with("check", "--plan", plan);
        assertThat(unnamed.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(unnamed.err()).contains("the plan was made with cost model 'fitted/1/", "--profile");
        Outcome other = with("check", "--plan", plan, "--cost-model", "roofline");
        assertThat(other.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(other.err()).contains("not with 'roofline/1/default'");

        Outcome checked = with("check", "--plan", plan, "--profile", profile);
        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.err()).isEmpty();
        Outcome simulated = with("simulate", "--plan", plan, "--profile", profile, "--rate", "1", "--requests", "50");
        assertThat(simulated.code()).as(simulated.err()).isZero();
        assertThat(simulated.err()).doesNotContain("not valid", "cost model");
    }

    @Test
    void theBuiltInProfileIsRecordedAndFoundAgain() {
        Outcome planned = with("plan", "--cost-model", "fitted", "--out", plan);
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(Path.of(plan)).content().contains("fitted/1/built-in");
        Outcome checked = with("check", "--plan", plan);
        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.err()).isEmpty();
    }

    @Test
    void enginesOverheadsAreRecordedAndFoundAgain() {
        Outcome planned = with("plan", "--engine-overhead", "vllm-2024", "--out", plan);
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(Path.of(plan)).content().contains("roofline/1/engine-vllm-2024");
        Outcome checked = with("check", "--plan", plan);
        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.err()).isEmpty();
        Outcome other = with("check", "--plan", plan, "--engine-overhead", "ideal");
        assertThat(other.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(other.err()).contains("not with 'roofline/1/engine-ideal'");
    }

    @Test
    void enginesOverheadsGoWithAProfile() {
        Outcome planned = with("plan", "--engine-overhead", "trtllm", "--profile", profile, "--out", plan);
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(Path.of(plan)).content().containsPattern("fitted/1/[0-9a-f]{12}/engine-trtllm");
        Outcome checked = with("check", "--plan", plan, "--profile", profile);
        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.err()).isEmpty();
    }

    @Test
    void expertsAreRecordedAndFoundAgain() {
        String[] mixture = problem.clone();
        mixture[3] = "mixtral-8x7b";
        problem = mixture;
        Outcome planned = with("plan", "--expert-skew", "0.8", "--expert-parallel", "--out", plan);
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(Path.of(plan)).content().contains("roofline/1/default+experts-zipf-0.8-placed");
        Outcome checked = with("check", "--plan", plan);
        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.err()).isEmpty();
        Outcome simulated = with("simulate", "--plan", plan, "--rate", "0.5", "--requests", "20");
        assertThat(simulated.code()).as(simulated.err()).isZero();
        assertThat(simulated.err()).doesNotContain("not valid", "cost model");
        Outcome other = with("check", "--plan", plan, "--no-expert-parallel", "--engine-overhead", "trtllm");
        assertThat(other.err()).contains("not with 'roofline/1/engine-trtllm+experts-zipf-0.8'");
    }

    @Test
    void badSkewsAreNamed() {
        Outcome dense = with("plan", "--expert-skew", "0.8");
        assertThat(dense.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(dense.err()).contains("'llama-2-7b' has no experts");
        Outcome negative = with("plan", "--expert-skew", "-1");
        assertThat(negative.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(negative.err()).contains("must be in [0, 8.0]", "-1.0");
        Outcome table =
                Outcome.of("predict", "--batch", "a.csv", "--kind", "gemm", "--out", "b.csv", "--expert-skew", "1");
        assertThat(table.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(table.err()).contains("--expert-skew and --expert-parallel do not go with --batch");
    }

    @Test
    void aPredictionSaysWhatItsEngineRestsOn() {
        String[] step = {"predict", "--gpu", "H100-SXM-80GB", "--model", "llama-2-7b", "--sequences", "8"};
        Outcome ideal = Outcome.of(Stream.concat(Stream.of(step), Stream.of("--engine-overhead", "ideal"))
                .toArray(String[]::new));
        assertThat(ideal.code()).as(ideal.err()).isZero();
        assertThat(ideal.out()).contains("roofline/1/engine-ideal", "engine overhead ideal: a bound");
        assertThat(Outcome.of(step).out()).contains("roofline/1/default").doesNotContain("engine overhead");
    }

    @Test
    void badChoicesAreNamed() {
        Outcome engine = with("plan", "--engine-overhead", "vlm");
        assertThat(engine.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(engine.err()).contains("'vlm'", "choose from: vllm, sglang, trtllm, vllm-2024, ideal");
        Outcome table = Outcome.of(
                "predict", "--batch", "a.csv", "--kind", "serving", "--out", "b.csv", "--engine-overhead", "vllm");
        assertThat(table.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(table.err()).contains("--engine-overhead does not go with --batch");
        Outcome contradiction = with("plan", "--cost-model", "roofline", "--profile", profile);
        assertThat(contradiction.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(contradiction.err()).contains("--profile needs cost model 'fitted'");
        Outcome unknown = with("plan", "--cost-model", "guess");
        assertThat(unknown.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(unknown.err()).contains("'guess'", "fitted, roofline");
        Outcome missing =
                with("plan", "--profile", directory.resolve("none.json").toString());
        assertThat(missing.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(missing.err()).contains("none.json: no such file");
    }

    private Outcome with(String command, String... options) {
        return Outcome.of(Stream.of(new String[] {command}, problem, options)
                .flatMap(Arrays::stream)
                .toArray(String[]::new));
    }

    /** A GPU at a quarter of its compute and half of its bandwidth. */
    private static List<String> products() {
        List<String> rows = new ArrayList<>(List.of("gpu,dtype,m,n,k,latency_us"));
        for (int i = 0; i < 200; i++) {
            double m = 1 << i % 12;
            double n = 1024 * (1 + i / 12 % 8);
            double k = 1024 * (1 + i / 7 % 9);
            double time = 5 + 1e6 * (2 * m * n * k / 78e12 + 2 * (m * k + n * k + m * n) / 1e12);
            rows.add(String.format(Locale.ROOT, "A100-PCIe-80GB,bfloat16,%.0f,%.0f,%.0f,%.3f", m, n, k, time));
        }
        return rows;
    }
}
