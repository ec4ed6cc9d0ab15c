package org.partiflow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;
import org.partiflow.cli.run.MeasuredFiles;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.Quantity;
import org.partiflow.interop.imports.ImportOptions;
import org.partiflow.interop.imports.ImportSource;
import org.partiflow.interop.imports.ImportedCluster;
import org.partiflow.interop.imports.Importers;
import org.partiflow.interop.imports.WorkloadText;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ClusterWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partiflow import}: a cluster file from what other tools write. */
@Command(
        name = "import",
        description = "Makes a cluster file from what other tools write. What the source does not say is asked for, or"
                + " filled in and listed as assumed.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final int LARGEST = 64 << 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "NAME",
            description = "kubernetes, nvidia-smi, nccl, aiconfigurator, helix or melange.")
    private String format = "";

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What the tool wrote; '-' is standard input.")
    private List<Path> files = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "The cluster file. Default: standard output.")
    private @Nullable Path out;

    @Option(names = "--workload-out", paramLabel = "FILE", description = "A workload file, if the source has one.")
    private @Nullable Path workloadOut;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the cluster. Default: the file's.")
    private @Nullable String name;

    @Option(names = "--gpu", paramLabel = "NAME", description = "GPU type ('partiflow list gpus').")
    private @Nullable String gpu;

    @Option(names = "--nodes", paramLabel = "N", description = "Machines of each kind that the source describes.")
    private @Nullable Integer nodes;

    @Option(names = "--gpus-per-node", paramLabel = "N", description = "GPUs of a machine.")
    private @Nullable Integer gpusPerNode;

    @Option(names = "--zone", paramLabel = "NAME", description = "Zone of all nodes.")
    private @Nullable String zone;

    @Option(names = "--nic", paramLabel = "RATE", description = "Network of a node, each way, such as '100 Gbit/s'.")
    private @Nullable String nic;

    @Option(
            names = "--nic-latency",
            paramLabel = "TIME",
            converter = Quantity.Time.class,
            description = "Latency of a node's network interface. Default: 10 us.")
    private @Nullable Duration nicLatency;

    @Option(
            names = "--intra",
            paramLabel = "KIND:RATE",
            description = "Connection of the GPUs of a node, such as 'NVSWITCH:450 GB/s' or 'PCIE:32 GB/s'.")
    private @Nullable String intra;

    @Option(names = "--zone-link", paramLabel = "RATE", description = "Bandwidth between any two zones.")
    private @Nullable String zoneLink;

    @Override
    public Integer call() throws IOException {
        List<Path> outputs = new ArrayList<>();
        if (out != null) {
            outputs.add(out);
        }
        if (workloadOut != null) {
            outputs.add(workloadOut);
        }
        OutputFiles.require(outputs, files);
        ImportOptions options = new ImportOptions(
                name,
                gpu,
                nodes,
                gpusPerNode,
                zone,
                bandwidth("--nic", nic),
                nicLatency,
                intra == null ? null : link(intra),
                bandwidth("--zone-link", zoneLink));
        ImportedCluster imported = Importers.of(format).read(sources(), options);
        deliver(imported);
        return ExitCodes.DONE;
    }

    private void deliver(ImportedCluster imported) {
        StringBuilder text = new StringBuilder("# Imported from " + format + ".\n");
        imported.assumptions()
                .forEach(line -> text.append("# Assumed: ").append(line).append('\n'));
        text.append(new String(new ClusterWriter().toBytes(imported.cluster()), StandardCharsets.UTF_8));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        var back = new ClusterReader().read("imported cluster", bytes);
        if (back.isInvalid()) {
            throw new IllegalStateException("the cluster cannot be read back: " + back.getError());
        }
        if (workloadOut != null) {
            String workload = imported.workload()
                    .map(WorkloadText::yaml)
                    .orElseThrow(() -> new IllegalArgumentException("--workload-out: the source has no workload"));
            MeasuredFiles.write(workloadOut, workload.getBytes(StandardCharsets.UTF_8));
        }
        if (out != null) {
            MeasuredFiles.write(out, bytes);
        } else {
            PrintWriter writer = spec.commandLine().getOut();
            writer.print(text);
            writer.flush();
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                imported.cluster().nodeCount() + " nodes, " + imported.cluster().gpuCount() + " GPUs");
        imported.assumptions().forEach(line -> err.println("assumed: " + line));
        err.flush();
    }

    private List<ImportSource> sources() throws IOException {
        List<ImportSource> sources = new ArrayList<>();
        for (Path file : files) {
            byte[] content;
            if (file.toString().equals("-")) {
                content = System.in.readNBytes(LARGEST + 1);
            } else {
                try (var stream = Files.newInputStream(file)) {
                    content = stream.readNBytes(LARGEST + 1);
                } catch (NoSuchFileException e) {
                    throw new IllegalArgumentException(file + ": no such file", e);
                } catch (IOException e) {
                    throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
                }
            }
            if (content.length > LARGEST) {
                throw new IllegalArgumentException(file + ": is too large; the limit is " + (LARGEST >> 20) + " MiB");
            }
            sources.add(new ImportSource(file.toString().equals("-") ? "stdin" : file.toString(), content));
        }
        return sources;
    }

    private static @Nullable Bandwidth bandwidth(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        double value = Quantities.parse(Dimension.BANDWIDTH, text)
                .getOrElseThrow(message -> new IllegalArgumentException(option + ": " + message));
        if (!(value > 0)) {
            throw new IllegalArgumentException(option + ": '" + text + "' must be above zero");
        }
        return new Bandwidth(value);
    }

    private static Link link(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon).strip();
        if (!List.of("NVLINK", "NVSWITCH", "PCIE").contains(kind)) {
            throw new IllegalArgumentException("--intra: '" + text + "' is no KIND:RATE; write such as 'PCIE:32 GB/s'");
        }
        Bandwidth rate = bandwidth("--intra", text.substring(colon + 1));
        long latency = kind.equals("PCIE") ? 8_000 : 3_000;
        return new Link(LinkKind.valueOf(kind), rate == null ? new Bandwidth(0) : rate, Duration.ofNanos(latency));
    }
}
