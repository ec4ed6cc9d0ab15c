package org.partiflow.profiler;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the CUDA compiler. Stateless. */
final class Nvcc {
    private static final Path USUAL_PLACE = Path.of("/usr/local/cuda/bin");

    private Nvcc() {}

    /** The first of: the folders of PATH, CUDA_HOME/bin, CUDA_PATH/bin, the installer's usual place. */
    static Optional<Path> find(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
            String home = environment.getOrDefault(variable, "");
            if (!home.isEmpty()) {
                folders.add(Path.of(home, "bin"));
            }
        }
        folders.add(USUAL_PLACE);
        return folders.stream()
                .map(folder -> folder.resolve("nvcc"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
