package io.fewshot4j.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Outcomes of all tries, by kind. */
final class Tally {
    private final Map<String, Map<Finding, Integer>> counts = new LinkedHashMap<>();
    private final List<Bad> bad = new ArrayList<>();
    private int tries;

    /** A try that should not have come to what it did. */
    record Bad(int number, String kind, Verdict verdict) {}

    Tally(Iterable<String> kinds) {
        kinds.forEach(kind -> counts.put(kind, new EnumMap<>(Finding.class)));
    }

    synchronized void add(Rota.Try one, Verdict verdict) {
        tries++;
        counts.get(one.kind()).merge(verdict.finding(), 1, Integer::sum);
        if (verdict.finding().isBad()) {
            bad.add(new Bad(one.number(), one.kind(), verdict));
        }
    }

    synchronized int tries() {
        return tries;
    }

    synchronized List<Bad> bad() {
        return List.copyOf(bad);
    }

    /** Counts by kind and finding; JSON shows them so. */
    synchronized Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> all = new LinkedHashMap<>();
        counts.forEach((kind, found) -> {
            Map<String, Integer> row = new LinkedHashMap<>();
            Stream.of(Finding.values()).forEach(finding -> row.put(finding.title(), found.getOrDefault(finding, 0)));
            all.put(kind, row);
        });
        return all;
    }

    /** The table in Markdown. */
    String table() {
        List<String> titles = Stream.of(Finding.values()).map(Finding::title).toList();
        Map<String, Map<String, Integer>> rows = counts();
        Function<String, Integer> sum =
                title -> rows.values().stream().mapToInt(row -> row.get(title)).sum();
        return Stream.of(
                        Stream.of(
                                line("fault", titles),
                                line("---", titles.stream().map(title -> "--:").toList())),
                        rows.entrySet().stream()
                                .map(row -> line(
                                        row.getKey(), List.copyOf(row.getValue().values()))),
                        Stream.of(line("all", titles.stream().map(sum).toList())))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String line(String first, List<?> rest) {
        return "| " + first + " | " + rest.stream().map(Object::toString).collect(Collectors.joining(" | ")) + " |";
    }
}
