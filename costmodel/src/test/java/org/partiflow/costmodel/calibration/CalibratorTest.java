package org.partiflow.costmodel.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

class CalibratorTest {
    private static final GpuType GPU = new GpuType(
            "Invented",
            new DataSize(80_000_000_000L),
            new Bandwidth(2e12),
            new ComputeRate(300e12),
            new ComputeRate(0),
            1,
            "a test");

    private static final Hardware HARDWARE = new Hardware() {
        @Override
        public Optional<GpuType> findGpu(String name) {
            return name.equals("invented") ? Optional.of(GPU) : Optional.empty();
        }

        @Override
        public Optional<TransformerModel> findModel(String name) {
            return Optional.empty();
        }
    };

    private static final String HEADER = "gpu,dtype,m,n,k,latency_us";

    @Test
    void aProbeFindsTheEfficiencyOfAnUnseenGpu() {
        MeasuredTable probe = table(rows(150, 7));
        CostProfile fitted = new Calibrator(HARDWARE, CostProfile.builtIn()).fit(BatchKind.GEMM, probe, "none");
        MeasuredTable blank = table(rows(40, 11).stream()
                .map(row -> row.substring(0, row.lastIndexOf(',') + 1))
                .toList());
        List<String> predicted = new BatchPredictor(HARDWARE, fitted).appended(BatchKind.GEMM, blank);
        List<String> measured = rows(40, 11);
        assertThat(predicted.get(0)).isEqualTo(HEADER + ",predicted_us");
        for (int i = 0; i < measured.size(); i++) {
            assertThat(last(predicted.get(i + 1))).isCloseTo(last(measured.get(i)), withPercentage(30));
            assertThat(predicted.get(i + 1)).startsWith(blank.lines().get(i));
        }
    }

    @Test
    void aProbeFarFromThePriorWins() {
        for (double share : new double[] {0.05, 0.2, 2}) {
            CostProfile fitted = new Calibrator(HARDWARE, CostProfile.builtIn())
                    .fit(BatchKind.GEMM, table(rows(60, 7, share * 180e12, 1.6e12)), "none");
            List<String> measured = rows(40, 11, share * 180e12, 1.6e12);
            List<String> predicted = new BatchPredictor(HARDWARE, fitted).appended(BatchKind.GEMM, table(measured));
            for (int i = 0; i < measured.size(); i++) {
                assertThat(last(predicted.get(i + 1)))
                        .as("share %s, row %s", share, measured.get(i))
                        .isCloseTo(last(measured.get(i)), withPercentage(30));
            }
        }
    }

    @Test
    void aProfileSurvivesItsFile() {
        CostProfile fitted =
                new Calibrator(HARDWARE, CostProfile.empty()).fit(BatchKind.GEMM, table(rows(100, 3)), "MIT");
        String text = ProfileJson.write(fitted);
        assertThat(ProfileJson.write(ProfileJson.read("profile", text))).isEqualTo(text);
        assertThat(text).contains("\"partiflow\": \"profile-cost/1\"", "\"licence\":\"MIT\"", "\"rows\":100");
        assertThatThrownBy(() -> ProfileJson.read("f.json", "{}")).hasMessageContaining("f.json: not a profile");
        assertThatThrownBy(() -> ProfileJson.read("f.json", "{")).hasMessageContaining("f.json: not JSON");
    }

    @Test
    void theBuiltInProfileHoldsItsSources() {
        assertThat(CostProfile.builtIn().fits()).isNotEmpty().allSatisfy((key, fit) -> {
            assertThat(fit.source()).endsWith(".csv").doesNotContain("/");
            assertThat(fit.licence()).isNotEmpty();
            assertThat(fit.rows()).isGreaterThanOrEqualTo(fit.parameters().length);
        });
    }

    /** Columns in any order, a byte-order mark, Windows' line ends, quotes, and a column that nobody asked for. */
    @Test
    void tablesAreReadAsSpreadsheetsWriteThem() {
        MeasuredTable plain = MeasuredTable.parse("t.csv", List.of(HEADER, "invented,bf16,16,4096,1024,"));
        MeasuredTable odd = MeasuredTable.parse(
                "t.csv",
                List.of(
                        "\uFEFF\"note\",k, n ,m,\"dtype\",gpu\r",
                        "\"one, \"\"two\"\"\", 1024,4096,16,\"BF16\",\"invented\"\r",
                        "\r"));
        BatchPredictor predictor = new BatchPredictor(HARDWARE, CostProfile.empty());
        assertThat(last(predictor.appended(BatchKind.GEMM, odd).get(1)))
                .isEqualTo(last(predictor.appended(BatchKind.GEMM, plain).get(1)));
    }

    /** Integers run at twice the rate of 16 bits, also where there are no units for fp8. */
    @Test
    void integersAreFasterThanSixteenBits() {
        BatchPredictor predictor = new BatchPredictor(HARDWARE, CostProfile.builtIn());
        List<String> predicted = predictor.appended(
                BatchKind.GEMM, table(List.of("invented,int8,8192,8192,8192,", "invented,bf16,8192,8192,8192,")));
        double ratio = last(predicted.get(1)) / last(predicted.get(2));
        assertThat(ratio).isBetween(0.4, 0.85);
    }

    @Test
    void badInputIsNamed() {
        refused("column 'm' is there twice", "gpu,dtype,m,n,k,m,latency_us", "invented,bf16,1,1,1,1,5");
        refused("unknown dtype 'int3'; choose from: bfloat16, float16, fp8, int8", HEADER, "invented,int3,1,1,1,5");
        refused(
                "unknown dtype '" + "x".repeat(60) + "...'; choose",
                HEADER,
                "invented," + "x".repeat(5_000) + ",1,1,1,5");
        refused(
                "column 'latency_us' is -" + "1".repeat(59) + "..., expected",
                HEADER,
                "invented,bf16,1,1,1,-" + "1".repeat(99));
        refused("missing column n", "gpu,dtype,m,k,latency_us", "invented,bf16,1,1,1");
        refused("unknown GPU 'other'", HEADER, "other,bf16,1,1,1,5");
        refused("column 'latency_us' is -5", HEADER, "invented,bf16,1,1,1,-5");
        refused("column 'latency_us' is NaN", HEADER, "invented,bf16,1,1,1,NaN");
        refused("column 'latency_us' is 'fast'", HEADER, "invented,bf16,1,1,1,fast");
        refused("column 'latency_us' is blank", HEADER, "invented,bf16,1,1,1,");
        refused("1 measured rows above 0, its law 'gemm' 22 parameters", HEADER, "invented,bf16,64,64,64,5");
        refused("'latency_ms' is in another unit", "gpu,dtype,m,n,k,latency_ms", "invented,bf16,1,1,1,5");
        refused("row 1 has 2 cells, the header 6", HEADER, "invented,bf16");
        refused("no rows to fit", HEADER);
        assertThatThrownBy(() -> BatchKind.of("gem")).hasMessageContaining("choose from: vidur-layer, gemm");
    }

    private static void refused(String message, String... lines) {
        assertThatThrownBy(() -> new Calibrator(HARDWARE, CostProfile.empty())
                        .fit(BatchKind.GEMM, MeasuredTable.parse("probe.csv", List.of(lines)), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("probe.csv");
    }

    private static MeasuredTable table(List<String> rows) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(rows);
        return MeasuredTable.parse("probe.csv", lines);
    }

    /** A GPU at 60 % of its compute and 80 % of its bandwidth, and 5 us of start-up. */
    private static List<String> rows(int count, int stride) {
        return rows(count, stride, 180e12, 1.6e12);
    }

    private static List<String> rows(int count, int stride, double flopPerSecond, double bytesPerSecond) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int j = i * stride;
            double m = 1 << j % 13;
            double n = 1024 * (1 + j / 13 % 8);
            double k = 1024 * (1 + j / 7 % 9);
            double compute = 2 * m * n * k / flopPerSecond;
            double memory = 2 * (m * k + n * k + m * n) / bytesPerSecond;
            double time = 5 + 1e6 * Math.cbrt(compute * compute * compute + memory * memory * memory);
            rows.add(String.format(Locale.ROOT, "invented,bf16,%.0f,%.0f,%.0f,%.4f", m, n, k, time));
        }
        return rows;
    }

    private static double last(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
    }
}
