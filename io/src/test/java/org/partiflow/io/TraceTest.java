package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.partiflow.io.Samples.problems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.workload.EmpiricalLengths;
import org.partiflow.api.workload.Workload;

class TraceTest {
    private static final String AZURE = """
            TIMESTAMP,ContextTokens,GeneratedTokens\r
            2023-11-16 18:15:46.6805900,374,44\r
            2023-11-16 18:15:50.9951690,396,109\r
            2023-11-16 18:15:51.2224670,879,55\r
            """;
    private static final String MOONCAKE = """
            {"timestamp": 0, "input_length": 6758, "output_length": 500, "hash_ids": [0, 1]}
            {"timestamp": 3052, "input_length": 23, "output_length": 1, "hash_ids": []}
            """;

    private final WorkloadReader reader = new WorkloadReader();

    @TempDir
    private Path directory;

    private Path workload;

    @BeforeEach
    void makeDirectory() throws IOException {
        workload = Files.createDirectory(directory.resolve("in")).resolve("w.yaml");
    }

    private Workload read(String format, String trace, String options) throws IOException {
        return reader.readOrThrow(write(format, trace, options)).value();
    }

    private List<String> problemsOf(String format, String trace) throws IOException {
        Path file = write(format, trace, "");
        return problems(reader.read(file)).stream()
                .map(p -> p.replace(workload.resolveSibling("t.txt").toString(), "t.txt"))
                .toList();
    }

    private Path write(String format, String trace, String options) throws IOException {
        Files.writeString(workload.resolveSibling("t.txt"), trace);
        return Files.writeString(
                workload,
                "partiflow: workload/1\nname: t\nrequests:\n  trace: {file: t.txt, format: " + format + options
                        + "}\narrivals: {process: trace}\n");
    }

    private static EmpiricalLengths lengths(Workload workload) {
        return (EmpiricalLengths) workload.classes().get(0).lengths();
    }

    @Test
    void azure() throws IOException {
        Workload read = read("azure", AZURE, "");
        assertThat(lengths(read).size()).isEqualTo(3);
        assertThat(lengths(read).prompt(2)).isEqualTo(879);
        assertThat(lengths(read).output(1)).isEqualTo(109);
        assertThat(read.arrivals().timesSeconds()).containsExactly(0.0, 4.314579, 4.541877);
        assertThat(read.arrivals().ratePerSecond()).isEqualTo(2 / 4.541877);
    }

    @Test
    void azureWithOffsets() throws IOException {
        Workload read = read(
                "azure",
                AZURE.replace(",374", "+00:00,374")
                        .replace(",396", "+00:00,396")
                        .replace(",879", "+00:00,879"),
                "");
        assertThat(read.arrivals().timesSeconds()).containsExactly(0.0, 4.314579, 4.541877);
    }

    @Test
    void mooncake() throws IOException {
        Workload read = read("mooncake", MOONCAKE, "");
        assertThat(lengths(read).prompt(0)).isEqualTo(6758);
        assertThat(read.arrivals().timesSeconds()).containsExactly(0.0, 3.052);
    }

    @Test
    void splitwise() throws IOException {
        Workload read = read(
                "splitwise",
                "request_id,request_type,application_id,arrival_timestamp,batch_size,prompt_size,token_size\n"
                        + "0,2,0,0.5,1,100,7\n1,2,0,1.5,1,200,8\n",
                "");
        assertThat(lengths(read).prompt(1)).isEqualTo(200);
        assertThat(lengths(read).output(0)).isEqualTo(7);
        assertThat(read.arrivals().timesSeconds()).containsExactly(0.0, 1.0);
    }

    @Test
    void burstGptWithoutFailedRequests() throws IOException {
        for (String extra : List.of("", "Session ID,Elapsed time,")) {
            String cells = extra.isEmpty() ? "" : "3,0.5,";
            Workload read = read(
                    "burstgpt",
                    "Timestamp," + extra + "Model,Request tokens,Response tokens,Total tokens,Log Type\n"
                            + "5," + cells + "ChatGPT,472,18,490,Conversation log\n"
                            + "45," + cells + "ChatGPT,1087,0,1087,Conversation log\n"
                            + "118," + cells + "GPT-4,417,276,693,Conversation log\n",
                    "");
            assertThat(lengths(read).size()).isEqualTo(2);
            assertThat(lengths(read).output(1)).isEqualTo(276);
            assertThat(read.arrivals().timesSeconds()).containsExactly(0.0, 113.0);
        }
    }

    @Test
    void recordedRequestsAreReadInAnyFormat() throws IOException {
        Path file = directory.resolve("trace");
        Files.writeString(file, MOONCAKE);
        assertThat(RecordedRequests.readOrThrow(file).arrivalSeconds()).containsExactly(0.0, 3.052);
        Files.writeString(file, AZURE);
        assertThat(RecordedRequests.readOrThrow(file).promptTokens()).containsExactly(374, 396, 879);
        Files.writeString(file, "output_toks,arrival_s,input_toks\n2,1.5,3\n4,2.5,5\n");
        RecordedRequests read = RecordedRequests.readOrThrow(file);
        assertThat(read.arrivalSeconds()).containsExactly(1.5, 2.5);
        assertThat(read.outputTokens()).containsExactly(2, 4);
        Files.writeString(file, "arrival_s,input_toks,output_toks\n0,1,1\n1,x,1\n");
        assertThatThrownBy(() -> RecordedRequests.readOrThrow(file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("trace: line 3: input_toks must be a whole number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            arrival_s,input_toks,output_toks
            arrived_at,num_prefill_tokens,num_decode_tokens
            arrival_s,prompt_tokens,output_tokens
            "arrived_at","num_prefill_tokens","num_decode_tokens"
            """)
    void commaSeparatedColumnsAreMatchedByName(String header) throws IOException {
        Workload read = read("csv", header + "\n1.5,10,20\n2.5,30,40\n", "");
        assertThat(lengths(read).prompt(1)).isEqualTo(30);
        assertThat(lengths(read).output(1)).isEqualTo(40);
        assertThat(read.arrivals().timesSeconds()).containsExactly(0.0, 1.0);
    }

    @Test
    void columnsMayStandInAnyOrderAmongOthers() throws IOException {
        Workload read = read("csv", "x,output_toks,arrival_s,input_toks\na,2,0,1\nb,4,1,3\n", "");
        assertThat(lengths(read).prompt(1)).isEqualTo(3);
        assertThat(lengths(read).output(1)).isEqualTo(4);
    }

    @Test
    void aSampleIsEvenlySpacedAndKeepsItsTimes() throws IOException {
        StringBuilder trace = new StringBuilder("arrival_s,input_toks,output_toks\n");
        for (int i = 0; i < 100; i++) {
            trace.append(i).append(',').append(i + 1).append(",1\n");
        }
        Workload read = read("csv", trace.toString(), ", sample: 4");
        assertThat(read.arrivals().timesSeconds()).containsExactly(0.0, 25.0, 50.0, 75.0);
        assertThat(lengths(read).prompt(3)).isEqualTo(76);
        assertThat(lengths(read("csv", trace.toString(), ", sample: 1000")).size())
                .isEqualTo(100);
    }

    @Test
    void aGivenRateStretchesTheTimes() throws IOException {
        Path file = write("azure", AZURE, "");
        Files.writeString(file, Files.readString(file).replace("process: trace", "process: trace, rate: 2 /s"));
        Workload read = reader.readOrThrow(file).value();
        assertThat(read.arrivals().ratePerSecond()).isEqualTo(2);
        assertThat(read.arrivals().timesSeconds().get(2)).isEqualTo(1.0);
    }

    @Test
    void theDigestCoversTheTrace() throws IOException {
        String before = reader.readOrThrow(write("azure", AZURE, "")).sha256();
        assertThat(reader.readOrThrow(write("azure", AZURE, "")).sha256()).isEqualTo(before);
        assertThat(reader.readOrThrow(write("azure", AZURE.replace("374", "375"), ""))
                        .sha256())
                .isNotEqualTo(before);
    }

    @Test
    void errorsTellFileAndLine() throws IOException {
        assertThat(problemsOf("azure", AZURE.replace("2023-11-16 18:15:50", "2023-11-16 18:15:40")))
                .contains("t.txt: line 3: the arrival goes back in time, by 5.685421 s; sort the trace by arrival");
        assertThat(problemsOf("azure", AZURE.replace("879", "0")))
                .contains(
                        "t.txt: line 4: ContextTokens must be a whole number from 1 to 100000000, got '0'; repair or remove the line");
        assertThat(problemsOf("azure", AZURE.replace("879,55", "879")))
                .contains("t.txt: line 4: has 2 columns, the header has 3; repair the line");
        assertThat(problemsOf("azure", AZURE.replace("2023-11-16 18:15:51", "yesterday")))
                .contains("t.txt: line 4: TIMESTAMP must be such as '2023-11-16 18:15:46.6805900'; repair the line");
        assertThat(problemsOf("csv", AZURE))
                .anyMatch(p -> p.startsWith("t.txt: line 1: the header lacks a column; needed are arrival_s or"));
        assertThat(problemsOf("csv", "arrival_s,input_toks,output_toks\n-1,1,1\nNaN,1,1\n"))
                .hasSize(3);
        assertThat(problemsOf("mooncake", MOONCAKE + "{\"timestamp\": 9}\n"))
                .anyMatch(p -> p.startsWith("t.txt: line 3: has no field 'input_length'"));
        assertThat(problemsOf("mooncake", MOONCAKE + "{\"timest"))
                .anyMatch(p -> p.startsWith("t.txt: line 3: is not valid JSON"));
        assertThat(problemsOf("mooncake", MOONCAKE + "7\n")).anyMatch(p -> p.startsWith("t.txt: line 3: has no field"));
    }

    @Test
    void emptyMissingAndForeignTraces() throws IOException {
        assertThat(problemsOf("csv", "")).contains("t.txt: is empty; give a trace");
        assertThat(problemsOf("csv", "arrival_s,input_toks,output_toks\n"))
                .contains("t.txt: has no request; give a trace with at least one");
        assertThat(problemsOf("mooncake", "")).contains("t.txt: has no request; give a trace with at least one");
        assertThat(problemsOf("mooncake", "x".repeat(3 << 20)))
                .anyMatch(p -> p.startsWith("t.txt: has a line of more than"));
        assertThat(problemsOf("csv", "a\n" + "1,1\n".repeat(1000))).hasSizeLessThan(5);
        assertThat(problemsOf("csv", "arrival_s,input_toks,output_toks\n" + "x,1,1\n".repeat(1000)))
                .hasSizeLessThan(25);
        Path file = write("azure", AZURE, "");
        Files.delete(workload.resolveSibling("t.txt"));
        assertThat(problems(reader.read(file)))
                .anyMatch(p -> p.endsWith("t.txt: there is no such file; check the path"));
    }

    @Test
    void aTraceOfOneMomentHasNoRate() throws IOException {
        assertThat(problemsOf("csv", "arrival_s,input_toks,output_toks\n1,1,1\n"))
                .singleElement()
                .asString()
                .endsWith("arrivals.process: the trace has no two different arrival times; choose another process");
    }
}
