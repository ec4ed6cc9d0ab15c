package org.partiflow.cli.run;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.studies.words.Numbers;

/** A progress bar on standard error where a person watches; otherwise nothing. Used by one thread. */
public final class ProgressView implements ProgressListener, AutoCloseable {
    private static final int UPDATE_MILLIS = 200;

    private final @Nullable ProgressBar bar;

    private ProgressView(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** A bar if standard input and output are a terminal that can draw one. */
    public static ProgressView start(String task) {
        String terminal = System.getenv("TERM");
        boolean watched = isTerminal() && terminal != null && !terminal.equals("dumb");
        return new ProgressView(
                watched
                        ? new ProgressBarBuilder()
                                .setTaskName(task)
                                .setStyle(ProgressBarStyle.ASCII)
                                .setInitialMax(-1)
                                .setUpdateIntervalMillis(UPDATE_MILLIS)
                                .clearDisplayOnFinish()
                                .build()
                        : null);
    }

    /** The launcher asks newer JDKs for the old meaning of the console, under which this holds. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null;
    }

    @Override
    public void on(ProgressEvent event) {
        if (bar == null) {
            return;
        }
        if (event instanceof ProgressEvent.StepStarted step) {
            bar.setExtraMessage(step.description());
        } else if (event instanceof ProgressEvent.Improved improved) {
            bar.setExtraMessage(Numbers.round(improved.requestsPerSecond()) + " of at most "
                    + Numbers.round(improved.upperBound()) + " req/s");
        } else if (event instanceof ProgressEvent.Advanced advanced) {
            bar.maxHint(advanced.expected());
            bar.stepTo(advanced.done());
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
