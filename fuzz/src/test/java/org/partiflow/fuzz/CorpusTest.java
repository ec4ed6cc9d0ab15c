package org.partiflow.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every seed and every input that fuzzing has found goes through its target, in a small heap and in little time. */
class CorpusTest {
    private static final Path SEEDS = Path.of("seeds");
    private static final int SECONDS = 20;

    @ParameterizedTest
    @EnumSource(Target.class)
    @Timeout(value = SECONDS, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everySeedIsReadOrRefused(Target target) throws IOException {
        List<Path> files = files(SEEDS.resolve(target.label()));
        assertThat(files).as("seeds of %s", target).hasSizeGreaterThanOrEqualTo(2);
        for (Path file : files) {
            target.read(Files.readAllBytes(file));
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    @Timeout(value = SECONDS, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void hostileInputsAreRefusedInTime(Target target) throws IOException {
        for (byte[] data : HostileInputs.all()) {
            target.read(data);
        }
    }

    @Test
    void everyFolderOfSeedsBelongsToATarget() throws IOException {
        List<String> labels = Stream.of(Target.values()).map(Target::label).toList();
        try (Stream<Path> folders = Files.list(SEEDS)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(labels);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }
}
