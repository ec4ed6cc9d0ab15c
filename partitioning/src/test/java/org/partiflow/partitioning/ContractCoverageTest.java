package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.PartitionerContract;

/** Every registered partitioner has a contract test in this package. */
class ContractCoverageTest {
    @Test
    void everyRegisteredPartitionerRunsTheContract() throws Exception {
        List<String> registered = Strategies.all(Partitioner.class).stream()
                .map(p -> p.getClass().getName())
                .sorted()
                .toList();
        assertThat(registered).isNotEmpty();
        assertThat(contractSubjects()).containsAll(registered);
    }

    private static Set<String> contractSubjects() throws IOException, ReflectiveOperationException {
        Path classes =
                Path.of(ContractCoverageTest.class.getResource("ContractCoverageTest.class").getPath());
        Set<String> subjects = new TreeSet<>();
        try (var files = Files.list(classes.getParent())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("Test.class")) {
                    Class<?> type = Class.forName(
                            ContractCoverageTest.class.getPackageName() + "." + name.replace(".class", ""));
                    if (PartitionerContract.class.isAssignableFrom(type)) {
                        var test = (PartitionerContract)
                                type.getDeclaredConstructor().newInstance();
                        subjects.add(test.partitioner().getClass().getName());
                    }
                }
            }
        }
        return subjects;
    }
}
