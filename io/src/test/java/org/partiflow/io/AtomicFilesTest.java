package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path directory;

    private void assertOnly(String... names) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path file = directory.resolve("out.json");
        AtomicFiles.write(file, Samples.bytes("one"));
        AtomicFiles.write(file, Samples.bytes("two"));
        assertThat(file).hasContent("two");
        assertOnly("out.json");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        AtomicFiles.write(link, Samples.bytes("new"));
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
    }

    @Test
    void devicesAreWrittenTo() {
        Path device = Path.of("/dev/null");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(device));
        AtomicFiles.write(device, Samples.bytes("x"));
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test
    void failuresNameTheFileAndLeaveNothingBehind() throws IOException {
        Path inMissing = directory.resolve("missing/out.json");
        assertThatThrownBy(() -> AtomicFiles.write(inMissing, new byte[1]))
                .isInstanceOf(OutputException.class)
                .hasMessage("cannot write '" + inMissing + "': its directory does not exist; create it first");
        assertThatThrownBy(() -> AtomicFiles.write(directory, new byte[1]))
                .isInstanceOf(OutputException.class)
                .hasMessage("cannot write '" + directory + "': it is a directory; give a file");
        assertOnly();
    }

    @Test
    void aParentThatIsAFileIsTold() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> AtomicFiles.write(file.resolve("out.json"), new byte[1]))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("cannot write '");
    }
}
