package org.partiflow.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The artifacts that this build made, and a Maven repository that holds them and nothing else. */
final class Artifacts {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final String VERSION = System.getProperty("partiflow.version", "");
    private static final Path REPOSITORY = Path.of("target", "repository").toAbsolutePath();
    private static final List<String> NOT_PUBLISHED = List.of("benchmarks", "packaging", "fuzz", "examples");

    private Artifacts() {}

    /** The directory of each published module that has a jar, by artifact. */
    static Map<String, Path> modules() {
        try (Stream<Path> entries = Files.list(ROOT)) {
            return entries.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .filter(module ->
                            !NOT_PUBLISHED.contains(module.getFileName().toString()))
                    .collect(Collectors.toMap(
                            module -> Artifacts.artifact(module.getFileName().toString()),
                            m -> m,
                            (a, b) -> a,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String artifact(String module) {
        return module.equals("starter") ? "partiflow" : "partiflow-" + module;
    }

    /** Name of the file of an artifact, without what follows the version. */
    static String stem(String artifact) {
        return artifact + "-" + VERSION;
    }

    /** A repository with the parent, the BOM and every jar that was built. */
    static synchronized Path repository() {
        try {
            publish("partiflow-parent", ROOT);
            for (Map.Entry<String, Path> module : modules().entrySet()) {
                publish(module.getKey(), module.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return REPOSITORY;
    }

    private static void publish(String artifact, Path module) throws IOException {
        Path folder = Files.createDirectories(
                REPOSITORY.resolve("org/partiflow").resolve(artifact).resolve(VERSION));
        String stem = stem(artifact);
        copy(module.resolve("pom.xml"), folder.resolve(stem + ".pom"));
        Path jar = module.resolve("target").resolve(stem + ".jar");
        if (Files.exists(jar)) {
            copy(jar, folder.resolve(jar.getFileName()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
