package org.partiflow.simulator;

/** A cache that is sent chunk by chunk while its prompt is computed: what there is of it, and what has gone. */
final class ChunkedCache {
    private int computed;
    private int sent;
    private int moving;
    private double busySeconds;

    /** So many of its tokens are computed now. */
    void computed(int tokens) {
        computed = tokens;
    }

    int computed() {
        return computed;
    }

    /** Puts what is computed, and not sent, onto the wire; returns how many tokens that is. */
    int next() {
        moving = computed - sent;
        return moving;
    }

    /** What was put onto the wire has left it. */
    void moved(double seconds) {
        sent += moving;
        busySeconds += seconds;
    }

    /** Tokens of the piece that moves, or moved last. */
    int moving() {
        return moving;
    }

    int sent() {
        return sent;
    }

    /** Time on the wire of all pieces. */
    double busySeconds() {
        return busySeconds;
    }

    /** All of it must be sent again. */
    void startAgain() {
        sent = 0;
        moving = 0;
        busySeconds = 0;
    }
}
