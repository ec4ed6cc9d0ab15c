package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A table with a header row, comma-separated; cells may stand in quotes, on one line. Immutable and thread-safe. */
public final class MeasuredTable {
    private final String name;
    private final List<String> header;
    private final List<String> lines;

    private MeasuredTable(String name, List<String> header, List<String> lines) {
        this.name = name;
        this.header = header;
        this.lines = lines;
    }

    /**
     * Reads the lines of a file.
     *
     * @param name the file's name, for messages
     * @throws IllegalArgumentException if there is no header row, or a row has another number of cells
     */
    public static MeasuredTable parse(String name, List<String> lines) {
        List<String> filled = lines.stream()
                .filter(line -> !line.isBlank())
                .map(MeasuredTable::clean)
                .toList();
        if (filled.isEmpty()) {
            throw new IllegalArgumentException(name + ": the file is empty; expected a header row");
        }
        List<String> header =
                Arrays.stream(cells(filled.get(0))).map(String::strip).toList();
        List<String> rows = new ArrayList<>(filled.subList(1, filled.size()));
        for (int i = 0; i < rows.size(); i++) {
            int cells = cells(rows.get(i)).length;
            if (cells != header.size()) {
                throw new IllegalArgumentException(
                        name + ": row " + (i + 1) + " has " + cells + " cells, the header " + header.size());
            }
        }
        return new MeasuredTable(name, header, List.copyOf(rows));
    }

    /** The cells of a line; a quote within quotes is doubled. */
    private static String[] cells(String line) {
        if (line.indexOf('"') < 0) {
            return line.split(",", -1);
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells.toArray(String[]::new);
    }

    private static String clean(String line) {
        String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** The file's name. */
    public String name() {
        return name;
    }

    /** The file's name without its folder. */
    String fileName() {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** Names of the columns. */
    public List<String> header() {
        return header;
    }

    /** The rows as they were read. */
    public List<String> lines() {
        return lines;
    }

    /** The rows. */
    public List<MeasuredRow> rows() {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new MeasuredRow(name, i + 1, header, cells(lines.get(i))))
                .toList();
    }

    /**
     * Checks that columns are there.
     *
     * @throws IllegalArgumentException naming all that are missing, and a column of the same quantity in another unit; or
     *     one that is there twice
     */
    public void require(List<String> columns) {
        for (String column : columns) {
            if (header.indexOf(column) != header.lastIndexOf(column)) {
                throw new IllegalArgumentException(name + ": column '" + column + "' is there twice; keep one");
            }
        }
        List<String> missing = columns.stream().filter(c -> !header.contains(c)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(name + ": missing column" + (missing.size() > 1 ? "s " : " ")
                    + String.join(", ", missing) + otherUnit(missing) + "; the file has " + String.join(", ", header));
        }
    }

    private String otherUnit(List<String> missing) {
        for (String column : missing) {
            int unit = column.lastIndexOf('_');
            for (String present : header) {
                if (unit > 0 && present.matches(column.substring(0, unit) + "_(s|ms|us|ns)")) {
                    return " ('" + present + "' is in another unit: convert it to '" + column + "')";
                }
            }
        }
        return "";
    }
}
