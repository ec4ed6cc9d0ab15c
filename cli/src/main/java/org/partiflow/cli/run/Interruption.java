package org.partiflow.cli.run;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.partiflow.api.control.CancellationToken;

/**
 * While open, Ctrl-C (or another signal that ends the process) asks the running work to stop and waits until it has
 * written what it has. The process then ends with the signal's exit code, 130 for Ctrl-C.
 */
public final class Interruption implements AutoCloseable {
    private static final long SOON_SECONDS = 1;
    private static final long GRACE_SECONDS = 30;
    private static final int EXIT_CODE = 130;

    private final CancellationToken token = new CancellationToken();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "partiflow-interruption");

    private final PrintWriter err;

    private Interruption(PrintWriter err) {
        this.err = err;
    }

    /** Starts to listen; messages go to {@code err}. */
    public static Interruption listen(PrintWriter err) {
        Interruption interruption = new Interruption(err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Cancelled when the user interrupts. */
    public CancellationToken token() {
        return token;
    }

    /** Whether the user interrupted. */
    public boolean happened() {
        return token.isCancelled();
    }

    @Override
    public void close() {
        finished.countDown();
        if (!happened()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyShuttingDown) {
                // The hook runs or has run: nothing is left to take back.
                return;
            }
        }
    }

    private void stop() {
        token.cancel();
        try {
            if (!finished.await(SOON_SECONDS, TimeUnit.SECONDS)) {
                err.println("partiflow: stopping; what has been found so far will be written");
                err.flush();
                haltUnlessFinished();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void haltUnlessFinished() throws InterruptedException {
        if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
            err.println("partiflow: interrupted; nothing was ready and nothing was written");
            err.flush();
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
