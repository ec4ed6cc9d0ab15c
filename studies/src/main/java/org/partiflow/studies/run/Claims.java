package org.partiflow.studies.run;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Study;

/**
 * Deals out the cells that are left, in order. Cells that differ in their load only, and so share a plan, go to one worker.
 * No cell is dealt out while one more than {@value #WINDOW} before it is unfinished, which bounds what has to wait for
 * sorting. Thread-safe.
 */
final class Claims {
    static final long WINDOW = 4096;

    private final Study study;
    private final LogState done;
    private final long end;
    private final TreeSet<Long> running = new TreeSet<>();
    private long next;
    private boolean stopped;

    Claims(Study study, LogState done) {
        this.study = study;
        this.done = done;
        next = done.next();
        end = done.header().to();
    }

    /** Cells to compute, all of which are to be given back; none when nothing is left. */
    synchronized List<Cell> claim() throws InterruptedException {
        while (!stopped && !running.isEmpty() && next - running.first() >= WINDOW) {
            wait();
        }
        List<Cell> cells = new ArrayList<>();
        while (!stopped && next < end) {
            if (done.has(next)) {
                next++;
                continue;
            }
            Cell cell = study.cell(next);
            if (!cells.isEmpty() && !sharePlan(cells.get(0), cell)) {
                break;
            }
            cells.add(cell);
            running.add(next++);
        }
        return cells;
    }

    /** A cell is finished. */
    synchronized void finish(Cell cell) {
        running.remove(cell.index());
        notifyAll();
    }

    /** No further cells. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private static boolean sharePlan(Cell a, Cell b) {
        int load = Axis.LOAD.position();
        return a.grid().equals(b.grid())
                && a.values().subList(0, load).equals(b.values().subList(0, load));
    }
}
