package org.partiflow.cli.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.partiflow.api.control.CancellationToken;

/**
 * While open, Ctrl-C (or another signal that ends the process) asks the running work to stop and waits until it has
 * written what it has. The process then ends with the signal's exit code, 130 for Ctrl-C.
 */
public final class Interruption implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;

    private final CancellationToken token = new CancellationToken();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "partiflow-interruption");

    private Interruption() {}

    /** Starts to listen. */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
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
            boolean inTime = finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                Runtime.getRuntime().halt(INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final int INTERRUPTED = 130;
}
