package io.fewshot4j.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of text, as wide as their widest cell: the first ones to the left, for words, the others to the right, for
 * figures.
 */
public final class TextTable {
    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(int leftColumns) {
        this.leftColumns = leftColumns;
    }

    /** Adds a row; all rows have equally many cells. */
    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    public TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** The lines, without a line end after the last one. */
    @Override
    public String toString() {
        List<Integer> widths = IntStream.range(0, rows.get(0).size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> cell(row.get(column), widths.get(column), column < leftColumns))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String cell(String text, int width, boolean left) {
        String space = " ".repeat(width - text.length());
        return left ? text + space : space + text;
    }
}
