package org.partiflow.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Module names, and the modules that {@code api} needs. */
class ModulesIT {
    @Test
    void everyJarHasAModuleNameOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, Path> module : Artifacts.modules().entrySet()) {
            Path jar = module.getValue().resolve("target").resolve(Artifacts.stem(module.getKey()) + ".jar");
            if (Files.exists(jar)) {
                ModuleDescriptor descriptor =
                        ModuleFinder.of(jar).findAll().iterator().next().descriptor();
                assertThat(descriptor.name()).startsWith("org.partiflow");
                assertThat(names.add(descriptor.name()))
                        .as("%s is new", descriptor.name())
                        .isTrue();
                // A name from the file's name would be partiflow.io, not org.partiflow.io.
                assertThat(descriptor.isAutomatic()).isEqualTo(!module.getKey().equals("partiflow-api"));
            }
        }
        assertThat(names).contains("org.partiflow", "org.partiflow.api", "org.partiflow.testkit", "org.partiflow.cli");
    }

    @Test
    void theApiNeedsVavrAndJSpecifyAlone() {
        Path jar = Artifacts.modules()
                .get("partiflow-api")
                .resolve("target")
                .resolve(Artifacts.stem("partiflow-api") + ".jar");
        ModuleDescriptor api =
                ModuleFinder.of(jar).find("org.partiflow.api").orElseThrow().descriptor();
        Set<String> needed = api.requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .collect(Collectors.toSet());
        assertThat(needed).containsExactlyInAnyOrder("io.vavr", "org.jspecify");
    }

    @Test
    void theBomNamesEveryPublishedArtifact() throws IOException {
        String bom = Files.readString(Artifacts.ROOT.resolve("bom/pom.xml"));
        for (String artifact : Artifacts.modules().keySet()) {
            if (!artifact.equals("partiflow-bom")) {
                assertThat(bom).contains("<artifactId>" + artifact + "</artifactId>");
            }
        }
    }

    @Test
    void everyPomSaysWhatMavenCentralAsksFor() throws IOException {
        for (Path module : Artifacts.modules().values()) {
            assertThat(Files.readString(module.resolve("pom.xml"))).contains("<name>", "<description>");
        }
        // The others inherit these from the parent; the BOM has none.
        for (Path pom : List.of(Artifacts.ROOT.resolve("pom.xml"), Artifacts.ROOT.resolve("bom/pom.xml"))) {
            assertThat(Files.readString(pom))
                    .contains("<url>", "<licenses>", "<developers>", "<scm", "<developerConnection>");
        }
    }
}
