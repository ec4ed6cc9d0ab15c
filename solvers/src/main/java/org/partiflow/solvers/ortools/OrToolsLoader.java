package org.partiflow.solvers.ortools;

import com.google.ortools.Loader;
import com.google.ortools.graph.MaxFlow;
import java.util.Optional;

/**
 * Loads the native library of OR-Tools once per class loader and proves by a tiny solve that it works, because the loader
 * itself returns normally when it fails. Costs about half a second the first time; thread-safe.
 */
public final class OrToolsLoader {
    private OrToolsLoader() {}

    /** Why OR-Tools cannot be used here and what would help; empty if it can be used. */
    public static Optional<String> unavailable() {
        return Holder.REASON;
    }

    private static final class Holder {
        static final Optional<String> REASON = load();

        private static Optional<String> load() {
            try {
                Loader.loadNativeLibraries();
                long value = smokeValue();
                return value == 1 ? Optional.empty() : Optional.of(reason("its smoke call returned " + value));
            } catch (LinkageError | RuntimeException e) {
                return Optional.of(reason(e.toString()));
            }
        }

        private static long smokeValue() {
            MaxFlow flow = new MaxFlow();
            try {
                flow.addArcWithCapacity(0, 1, 1);
                flow.solve(0, 1);
                return flow.getOptimalFlow();
            } finally {
                flow.delete();
            }
        }

        private static String reason(String cause) {
            return "the native library of OR-Tools does not load (" + cause + "). Check that the native jar for "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                    + " is on the class path and that java.io.tmpdir ('" + System.getProperty("java.io.tmpdir")
                    + "') exists, has 70 MB free and is not mounted noexec; or unpack the natives and set"
                    + " -Djava.library.path; or use the max flow solver 'push-relabel'";
        }
    }
}
