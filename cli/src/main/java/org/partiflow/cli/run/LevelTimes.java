package org.partiflow.cli.run;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.solvers.replan.Level;
import org.partiflow.solvers.replan.Replanner;

/** Wall time of each level of replanning, from the steps that it announces. Not thread-safe. */
public final class LevelTimes implements ProgressListener {
    private final Map<Level, Double> seconds = new EnumMap<>(Level.class);
    private final Stopwatch watch = new Stopwatch();
    private @Nullable Level running;

    @Override
    public void on(ProgressEvent event) {
        if (event instanceof ProgressEvent.StepStarted step) {
            for (Level level : Level.values()) {
                if (Replanner.stepName(level).equals(step.description())) {
                    stop();
                    running = level;
                }
            }
        }
    }

    /** Ends the last level. */
    public void stop() {
        double lap = watch.lapSeconds();
        if (running != null) {
            seconds.merge(running, lap, Double::sum);
        }
        running = null;
    }

    /** As {@code replan-stats/1}. */
    public Map<String, Object> tree() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("partiflow", "replan-stats/1");
        Map<String, Object> levels = new LinkedHashMap<>();
        seconds.forEach((level, taken) -> levels.put(level.name().toLowerCase(Locale.ROOT), taken));
        root.put("levelSeconds", levels);
        return root;
    }
}
