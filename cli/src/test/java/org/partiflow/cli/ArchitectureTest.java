package org.partiflow.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The directions of dependencies in ARCHITECTURE.md. */
@AnalyzeClasses(packages = "org.partiflow", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule API_STANDS_ALONE = classes()
            .that()
            .resideInAPackage("org.partiflow.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.partiflow.api..", "java..", "io.vavr..", "org.jspecify..", "jdk.jfr..");

    @ArchTest
    static final ArchRule ONLY_CONTROL_RECORDS_EVENTS = adapter("jdk.jfr..", "org.partiflow.api.control..");

    @ArchTest
    static final ArchRule NOBODY_LOGS_OTHERWISE_THAN_BY_THE_PLATFORM = noClasses()
            .that()
            .resideInAPackage("org.partiflow..")
            .and()
            .resideOutsideOfPackage("org.partiflow.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.logging..", "org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..");

    @ArchTest
    static final ArchRule IO_KNOWS_ONLY_THE_API = only("io", "com.fasterxml.jackson..", "org.yaml.snakeyaml..");

    @ArchTest
    static final ArchRule INTEROP_KNOWS_THE_API_AND_FILES = only(
            "interop",
            "org.partiflow.io..",
            "com.fasterxml.jackson..",
            "org.yaml.snakeyaml..",
            "javax.xml..",
            "org.w3c.dom..",
            "org.xml.sax..");

    @ArchTest
    static final ArchRule COST_MODEL_KNOWS_ONLY_THE_API = only("costmodel", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule PARTITIONING_KNOWS_ONLY_THE_API = only("partitioning", "org.ejml..", "com.google.ortools..");

    @ArchTest
    static final ArchRule SIMULATOR_KNOWS_ONLY_THE_API = only("simulator", "org.HdrHistogram..");

    @ArchTest
    static final ArchRule SOLVERS_KNOW_ONLY_THE_API =
            only("solvers", "com.google.ortools..", "org.jgrapht..", "org.ojalgo..");

    @ArchTest
    static final ArchRule ORTOOLS_HAS_ONE_ADAPTER =
            adapter("com.google.ortools..", "org.partiflow.solvers.ortools..", "org.partiflow.partitioning.ortools..");

    @ArchTest
    static final ArchRule JGRAPHT_HAS_ONE_ADAPTER = adapter("org.jgrapht..", "org.partiflow.solvers.jgrapht..");

    @ArchTest
    static final ArchRule OJALGO_HAS_ONE_ADAPTER = adapter("org.ojalgo..", "org.partiflow.solvers.ojalgo..");

    @ArchTest
    static final ArchRule JACKSON_STAYS_WITH_THE_READERS = adapter(
            "com.fasterxml.jackson..",
            "org.partiflow.io..",
            "org.partiflow.interop..",
            "org.partiflow.profiler..",
            "org.partiflow.studies.run..",
            "org.partiflow.costmodel..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.partiflow.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SOLVER_PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.partiflow.solvers.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_CONTROL_AND_CLI_READ_CLOCKS = noClasses()
            .that()
            .resideOutsideOfPackages("org.partiflow.api.control..", "org.partiflow.cli..", "org.partiflow.benchmarks..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_PRINT = noClasses()
            .that()
            .resideOutsideOfPackage("org.partiflow.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_EXIT = noClasses()
            .that()
            .resideOutsideOfPackage("org.partiflow.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    private static ArchRule only(String module, String... thirdParty) {
        String own = "org.partiflow." + module + "..";
        List<String> allowed =
                new ArrayList<>(List.of(own, "org.partiflow.api..", "java..", "io.vavr..", "org.jspecify.."));
        allowed.addAll(List.of(thirdParty));
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    private static ArchRule adapter(String thirdParty, String... adapterPackages) {
        return noClasses()
                .that()
                .resideInAPackage("org.partiflow..")
                .and()
                .resideOutsideOfPackages(adapterPackages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(thirdParty);
    }
}
