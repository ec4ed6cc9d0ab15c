package org.partiflow.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an empty directory to a printed plan with nothing but what README.md says. */
class NewcomerIT {
    private static final String SECTION = "## In ten lines of Java";
    private static final int LINES = 10;

    @Test
    void thePomTheClassAndTheCommandOfTheReadmePrintAPlan(@TempDir Path directory)
            throws IOException, InterruptedException {
        // A newcomer's pom leaves the versions of Maven's plugins to Maven, and this build uses others.
        assumeThat(Processes.OFFLINE).as("Maven works offline").isFalse();
        String readme = Files.readString(Artifacts.ROOT.resolve("README.md"));
        String section = readme.substring(readme.indexOf(SECTION)).split("\n## ")[0];
        String java = block(section, "java");
        assertThat(java.lines()).hasSizeLessThanOrEqualTo(LINES);
        Files.writeString(directory.resolve("pom.xml"), block(section, "xml"));
        Path source = Files.createDirectories(directory.resolve("src/main/java"));
        Files.writeString(source.resolve("FirstPlan.java"), java);
        String[] command = block(section, "sh").strip().split(" ");
        assertThat(command[0]).isEqualTo("mvn");
        String[] goals = Arrays.copyOfRange(command, 1, command.length);

        assertThat(Processes.maven(directory, goals))
                .contains("req/s", "certificate: at most ")
                .containsPattern("(?m)^[cpd]0 (colocated|prefill|decode) on \\d+x [AH]100");
    }

    private static String block(String section, String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(section);
        assertThat(block.find()).as("a block of %s", language).isTrue();
        return block.group(1);
    }
}
