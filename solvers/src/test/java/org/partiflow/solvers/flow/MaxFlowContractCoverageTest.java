package org.partiflow.solvers.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.MaxFlowSolverContract;

class MaxFlowContractCoverageTest {
    @Test
    void everyRegisteredSolverHasAContractTest() throws IOException, URISyntaxException {
        List<String> tested = contractTests();
        assertThat(Strategies.all(MaxFlowSolver.class))
                .isNotEmpty()
                .allSatisfy(solver -> assertThat(tested).contains(solver.getClass().getName() + "Test"));
    }

    private static List<String> contractTests() throws IOException, URISyntaxException {
        Path root = Path.of(MaxFlowContractCoverageTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                    .filter(MaxFlowContractCoverageTest::extendsTheContract)
                    .toList();
        }
    }

    private static boolean extendsTheContract(String name) {
        try {
            return MaxFlowSolverContract.class.isAssignableFrom(Class.forName(name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
