package io.fewshot4j.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How often each class was taken for which.
 *
 * @param classes the names, by label
 * @param counts by true label, then by predicted label
 */
public record Confusion(List<String> classes, List<List<Integer>> counts) {
    public Confusion {
        classes = List.copyOf(classes);
        counts = counts.stream().map(List::copyOf).toList();
        int way = classes.size();
        if (counts.size() != way || counts.stream().anyMatch(row -> row.size() != way)) {
            throw new IllegalArgumentException("confusion must be " + way + " x " + way + " counts, got " + counts);
        }
    }

    /** Counts pairs of a predicted and a true label, 0 to {@code classes.size() - 1}. */
    public static Confusion of(List<String> classes, List<Integer> predicted, List<Integer> labels) {
        if (predicted.size() != labels.size()) {
            throw new IllegalArgumentException(
                    "predictions must be as many as labels, got " + predicted.size() + " for " + labels.size());
        }
        int way = classes.size();
        int[] counts = new int[way * way];
        for (int i = 0; i < labels.size(); i++) {
            counts[requireLabel(labels.get(i), way) * way + requireLabel(predicted.get(i), way)]++;
        }
        return new Confusion(
                classes,
                IntStream.range(0, way)
                        .mapToObj(row -> IntStream.range(0, way)
                                .mapToObj(column -> counts[row * way + column])
                                .toList())
                        .toList());
    }

    private static int requireLabel(int label, int way) {
        if (label < 0 || label >= way) {
            throw new IllegalArgumentException("a label must be 0 to " + (way - 1) + ", got " + label);
        }
        return label;
    }

    /** The share of the counts on the diagonal. */
    public Accuracy accuracy() {
        int right = IntStream.range(0, classes.size())
                .map(i -> counts.get(i).get(i))
                .sum();
        return new Accuracy(
                right,
                counts.stream()
                        .flatMap(List::stream)
                        .mapToInt(Integer::intValue)
                        .sum());
    }

    /** One row for each true class and one column for each predicted one, aligned. */
    public String toText() {
        int width = rows().flatMap(List::stream).mapToInt(String::length).max().orElse(0);
        return rows().map(row -> row.stream()
                        .map(cell -> String.format(Locale.ROOT, "%" + width + "s", cell))
                        .collect(Collectors.joining("  ", "", "\n")))
                .collect(Collectors.joining());
    }

    /** The same as comma-separated values (RFC 4180). */
    public String toCsv() {
        return rows().map(row -> row.stream().map(Confusion::quoted).collect(Collectors.joining(",", "", "\n")))
                .collect(Collectors.joining());
    }

    private Stream<List<String>> rows() {
        Stream<List<String>> head = Stream.of(
                Stream.concat(Stream.of("true \\ predicted"), classes.stream()).toList());
        return Stream.concat(head, IntStream.range(0, classes.size()).mapToObj(this::row));
    }

    private List<String> row(int label) {
        return Stream.concat(
                        Stream.of(classes.get(label)),
                        counts.get(label).stream().map(String::valueOf))
                .toList();
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
