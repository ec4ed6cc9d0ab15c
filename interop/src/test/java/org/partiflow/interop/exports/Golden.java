package org.partiflow.interop.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that somebody reviewed. {@code -Dgolden.update=true} writes them anew; the diff is then reviewed like code. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/org/partiflow/interop/exports");

    private Golden() {}

    static void compare(String format, List<ExportedFile> files) throws IOException {
        Path folder = FOLDER.resolve(format);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(folder);
            try (var old = Files.list(folder)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
            for (ExportedFile file : files) {
                Files.writeString(folder.resolve(file.name()), file.content());
            }
        }
        try (var reviewed = Files.list(folder)) {
            assertThat(reviewed.map(p -> p.getFileName().toString()).sorted().toList())
                    .isEqualTo(files.stream().map(ExportedFile::name).sorted().toList());
        }
        for (ExportedFile file : files) {
            assertThat(file.content()).as(file.name()).isEqualTo(Files.readString(folder.resolve(file.name())));
        }
    }
}
