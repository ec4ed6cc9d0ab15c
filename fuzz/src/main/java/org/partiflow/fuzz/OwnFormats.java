package org.partiflow.fuzz;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ClusterWriter;
import org.partiflow.io.DocumentReader;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.Loaded;
import org.partiflow.io.PlanReader;
import org.partiflow.io.PlanWriter;
import org.partiflow.io.RecordedRequests;
import org.partiflow.io.WorkloadReader;
import org.partiflow.studies.study.StudyReader;

/** The formats of the {@code io} and {@code studies} modules. Stateless. */
final class OwnFormats {
    private static final String[] NAMES = {"input.json", "input.yaml", "input"};

    private OwnFormats() {}

    /** As JSON, as YAML, and with the syntax left to tell; clusters and plans are then written and read again. */
    static <T> void document(DocumentReader<T> reader, byte[] data) {
        for (String name : NAMES) {
            Validation<Seq<FileProblem>, Loaded<T>> read = reader.read(name, data);
            if (read.isInvalid()) {
                Complaints.require(read.getError().asJava());
            } else {
                again(read.get().value());
            }
        }
    }

    private static void again(Object value) {
        if (value instanceof Cluster cluster) {
            byte[] written = new ClusterWriter().toBytes(cluster);
            byte[] second = new ClusterWriter()
                    .toBytes(valid(new ClusterReader().read("written", written)).value());
            require(Arrays.equals(written, second));
        } else if (value instanceof ServingPlan plan) {
            byte[] written = new PlanWriter().toBytes(plan);
            byte[] second = new PlanWriter()
                    .toBytes(valid(new PlanReader().read("written", written)).value());
            require(Arrays.equals(written, second));
        }
    }

    private static <T> Loaded<T> valid(Validation<Seq<FileProblem>, Loaded<T>> read) {
        if (read.isInvalid()) {
            throw new AssertionError("what was written cannot be read: " + read.getError());
        }
        return read.get();
    }

    private static void require(boolean same) {
        if (!same) {
            throw new AssertionError("what was read is not what was written");
        }
    }

    static void study(byte[] data) throws IOException {
        inFile("study.yaml", data, file -> {
            Validation<Seq<FileProblem>, ?> read = new StudyReader().read(file);
            if (read.isInvalid()) {
                Complaints.require(read.getError().asJava());
            }
        });
    }

    /** A trace beside a workload that names it. */
    static void trace(String format, byte[] data) throws IOException {
        inFile("trace", data, file -> {
            String workload = "partiflow: workload/1\nname: w\nrequests:\n  trace: {file: " + file.getFileName()
                    + ", format: " + format + ", sample: 100}\narrivals: {process: trace}\n";
            Path own = file.resolveSibling("workload.yaml");
            Files.write(own, workload.getBytes(StandardCharsets.UTF_8));
            try {
                var read = new WorkloadReader().read(own);
                if (read.isInvalid()) {
                    Complaints.require(read.getError().asJava());
                }
            } finally {
                Files.delete(own);
            }
        });
    }

    static void recordedRequests(byte[] data) throws IOException {
        inFile("trace.csv", data, file -> {
            try {
                RecordedRequests.readOrThrow(file);
            } catch (InvalidFileException e) {
                Complaints.require(e.problems());
            }
        });
    }

    private static void inFile(String name, byte[] data, FileUse use) throws IOException {
        Path directory = Files.createTempDirectory("fuzz");
        Path file = directory.resolve(name);
        try {
            Files.write(file, data);
            use.of(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    /** Reads a file. */
    @FunctionalInterface
    private interface FileUse {
        void of(Path file) throws IOException;
    }
}
