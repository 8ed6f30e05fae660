package io.fewshot4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Comma-separated values after RFC 4180, with a header and {@code \n} line ends. */
public final class Csv {
    /** A cell in quotes or plain, and what ends it. */
    private static final Pattern CELL =
            Pattern.compile("\\G(?:\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\",\r\n]*+))(,|\r?\n|\\z)");

    /** A text that a spreadsheet would compute; an apostrophe before it keeps it a text. */
    private static final Pattern FORMULA = Pattern.compile("'*[=+@\\t\\r].*", Pattern.DOTALL);

    private final StringBuilder text = new StringBuilder();
    private final int columns;

    /** Begins with a header. */
    public Csv(String... header) {
        this.columns = header.length;
        row((Object[]) header);
    }

    /**
     * Adds a row; numbers are written so that they read back to the same value, and texts that a spreadsheet would take
     * for a formula begin with an apostrophe.
     */
    public Csv row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("a row must have " + columns + " cells, got " + cells.length);
        }
        text.append(List.of(cells).stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n")));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String cell(Object value) {
        String plain = FORMULA.matcher(value.toString()).matches() ? "'" + value : value.toString();
        boolean quoted = plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    /** The rows of a text, header included; a row that breaks off inside quotes ends the reading. */
    public static List<List<String>> parse(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        Matcher cells = CELL.matcher(text);
        while (cells.find() && (cells.start() < text.length() || !row.isEmpty())) {
            boolean quoted = cells.group(1) != null;
            String cell = quoted ? cells.group(1).replace("\"\"", "\"") : cells.group(2);
            row.add(cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell);
            if (!cells.group(3).equals(",")) {
                rows.add(List.copyOf(row));
                row.clear();
            }
        }
        return rows;
    }
}
