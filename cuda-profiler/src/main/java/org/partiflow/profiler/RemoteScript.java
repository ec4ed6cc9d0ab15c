package org.partiflow.profiler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A shell script that carries the measuring program's sources, compiles them and measures: for a machine with a GPU and
 * nvcc, but without Java and without a network. Stateless and thread-safe.
 */
public final class RemoteScript {
    /** Ends each source inside the script; no source has a line like it. */
    private static final String END = "PARTIFLOW_END_OF_SOURCE";

    private RemoteScript() {}

    /**
     * The script. Its arguments go to the measuring program; the profile goes to standard output or to {@code --out}.
     *
     * @throws IOException if the sources cannot be read
     */
    public static String text() throws IOException {
        StringBuilder script = new StringBuilder("""
                #!/bin/sh
                # Measures this machine's GPU for Partiflow. Needs nvcc and a C++ compiler; nothing is downloaded or installed.
                #   sh profile.sh --quick --out profile-raw.json     about a minute (--full: about ten)
                # Then, where Partiflow is: partiflow calibrate --profile profile-raw.json --out profile.json
                set -eu
                nvcc=$(command -v nvcc || true)
                for place in "${CUDA_HOME:-}" "${CUDA_PATH:-}" /usr/local/cuda; do
                    if [ -z "$nvcc" ] && [ -n "$place" ] && [ -x "$place/bin/nvcc" ]; then nvcc="$place/bin/nvcc"; fi
                done
                if [ -z "$nvcc" ]; then
                    echo "profile: nvcc was not found: install the CUDA toolkit or put its bin folder on PATH" >&2
                    exit 1
                fi
                folder=$(mktemp -d)
                trap 'rm -rf "$folder"' EXIT INT TERM
                """);
        for (Map.Entry<String, byte[]> source : ProgramSources.all().entrySet()) {
            String text = new String(source.getValue(), StandardCharsets.UTF_8);
            script.append("cat > \"$folder/").append(source.getKey()).append("\" <<'" + END + "'\n");
            script.append(text)
                    .append(text.endsWith("\n") ? "" : "\n")
                    .append(END)
                    .append('\n');
        }
        return script.append("""
                        targets=""
                        newest=""
                        for arch in $("$nvcc" --list-gpu-arch | sort -V); do
                            number=${arch#compute_}
                            case $number in
                                75|80|90|100) targets="$targets -gencode arch=$arch,code=sm_$number"; newest=$arch ;;
                            esac
                        done
                        echo "compiling" >&2
                        # shellcheck disable=SC2086
                        "$nvcc" -O3 -std=c++17 $targets -gencode "arch=$newest,code=$newest" \\
                            -o "$folder/profile" "$folder/partiflow_profile.cu" -ldl
                        "$folder/profile" "$@"
                        """).toString();
    }
}
