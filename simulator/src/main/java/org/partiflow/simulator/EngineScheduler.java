package org.partiflow.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.partiflow.api.cost.StepLoad;

/** Which requests take part in the next step of an engine, and what they hold of its KV cache. */
final class EngineScheduler {
    private final RequestTable table;
    private final EngineSettings settings;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final int[] running;
    private final int[] computed;
    private final int[] made;
    private final int[] chunk;
    private int count;
    private long used;
    private long peak;
    private long preemptions;
    private int scheduled;
    private StepLoad load = StepLoad.decode(0, 0);

    EngineScheduler(RequestTable table, EngineSettings settings) {
        this.table = table;
        this.settings = settings;
        running = new int[Math.min(settings.maxSequences(), table.size)];
        computed = new int[table.size];
        made = new int[table.size];
        chunk = new int[table.size];
    }

    /** Queues a request, or rejects it if the whole cache could not hold it. */
    void arrive(int request) {
        if (settings.blocksOf(table.total(request)) > settings.blocks()) {
            table.state[request] = RequestTable.REJECTED;
        } else {
            waiting.addLast(request);
        }
    }

    /** Chooses the next step; false if there is nothing to do. */
    boolean schedule() {
        int budget = settings.maxBatchedTokens();
        boolean preempted = false;
        int position = 0;
        for (; position < count && budget > 0; position++) {
            int request = running[position];
            int tokens = Math.min(budget, known(request) - computed[request]);
            while (!grow(request, tokens)) {
                preempted = true;
                preemptLast();
                if (position == count) {
                    break;
                }
            }
            if (position < count) {
                chunk[request] = tokens;
                budget -= tokens;
            }
        }
        for (int i = position; i < count; i++) {
            chunk[running[i]] = 0;
        }
        if (!preempted) {
            admit(budget);
        }
        tally();
        return scheduled > 0;
    }

    /** The work of the step. */
    StepLoad load() {
        return load;
    }

    /** Sequences in the step. */
    int scheduled() {
        return scheduled;
    }

    /** Ends the step: sequences whose known tokens are all computed get one more. */
    void finishStep(double now) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int request = running[i];
            computed[request] += chunk[request];
            if (chunk[request] > 0 && computed[request] == known(request) && gotToken(request, now)) {
                used -= settings.blocksOf(computed[request]);
            } else {
                running[kept++] = request;
            }
        }
        count = kept;
    }

    long preemptions() {
        return preemptions;
    }

    double peakShare() {
        return (double) peak / settings.blocks();
    }

    /** Prompt and made tokens: what must be in the cache before the next token. */
    private int known(int request) {
        return table.prompt[request] + made[request];
    }

    private boolean gotToken(int request, double now) {
        if (made[request]++ == 0) {
            table.firstToken[request] = now;
        }
        if (made[request] < table.output[request]) {
            return false;
        }
        table.complete(request, now);
        return true;
    }

    private boolean grow(int request, int tokens) {
        long more = settings.blocksOf((long) computed[request] + tokens) - settings.blocksOf(computed[request]);
        if (used + more > settings.blocks()) {
            return false;
        }
        used += more;
        peak = Math.max(peak, used);
        return true;
    }

    private void preemptLast() {
        int last = running[--count];
        used -= settings.blocksOf(computed[last]);
        computed[last] = 0;
        waiting.addFirst(last);
        preemptions++;
    }

    private void admit(int budget) {
        int left = budget;
        while (left > 0 && !waiting.isEmpty() && count < running.length) {
            int request = waiting.peekFirst();
            if (used + promised() + settings.blocksOf(known(request)) > settings.blocks()) {
                return;
            }
            waiting.removeFirst();
            running[count++] = request;
            chunk[request] = Math.min(left, known(request));
            grow(request, chunk[request]);
            left -= chunk[request];
        }
    }

    /** Blocks that the rest of a half-computed prompt will take. */
    private long promised() {
        if (count == 0) {
            return 0;
        }
        int last = running[count - 1];
        long inCache = (long) computed[last] + chunk[last];
        return settings.blocksOf(known(last)) - settings.blocksOf(inCache);
    }

    private void tally() {
        double tokens = 0;
        double pairs = 0;
        int prompts = 0;
        int decoding = 0;
        double context = 0;
        scheduled = 0;
        for (int i = 0; i < count; i++) {
            int request = running[i];
            if (chunk[request] == 0) {
                continue;
            }
            scheduled++;
            if (chunk[request] == 1 && made[request] > 0 && computed[request] + 1 == known(request)) {
                decoding++;
                context += computed[request] + 1;
            } else {
                tokens += chunk[request];
                pairs += PrefillServer.causalPairs(computed[request], chunk[request]);
                prompts += computed[request] + chunk[request] == known(request) ? 1 : 0;
            }
        }
        load = new StepLoad(tokens, pairs, prompts, decoding, context);
    }
}
