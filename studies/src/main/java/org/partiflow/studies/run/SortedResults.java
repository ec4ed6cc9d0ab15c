package org.partiflow.studies.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.partiflow.io.OutputException;
import org.partiflow.studies.cell.CellResult;

/**
 * Hands on the results of a complete log in the order of the cells, in one pass. Results that overtook others wait in a
 * heap, whose size the runner's window bounds. Stateless.
 */
public final class SortedResults {
    private SortedResults() {}

    /**
     * All results, in order.
     *
     * @throws IllegalArgumentException if a cell is missing
     */
    public static void forEach(Path log, Consumer<CellResult> consumer) {
        try (BufferedReader in = ResultLog.reader(log)) {
            String first = in.readLine();
            if (first == null) {
                throw new IllegalArgumentException("'" + log + "' is empty: it is no log of a study");
            }
            LogHeader header = LogCodec.header(first);
            PriorityQueue<CellResult> early = new PriorityQueue<>(Comparator.comparingLong(CellResult::index));
            long next = header.from();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                early.add(LogCodec.result(line));
                while (!early.isEmpty() && early.element().index() == next) {
                    consumer.accept(early.remove());
                    next++;
                }
            }
            if (next != header.to() || !early.isEmpty()) {
                throw new IllegalArgumentException("'" + log + "' lacks cell " + next + "; run it again with --resume");
            }
        } catch (IOException e) {
            throw new OutputException("cannot read '" + log + "': " + e.getMessage(), e);
        }
    }
}
