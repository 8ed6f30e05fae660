package io.fewshot4j.report.table;

import io.fewshot4j.report.Csv;
import io.fewshot4j.report.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trials of a sweep as tables, one line each.
 *
 * @param searched keys of the settings that differ between trials
 * @param rows the best first
 */
public record TrialsTable(List<String> searched, List<TrialRow> rows) {
    public TrialsTable {
        searched = List.copyOf(searched);
        rows = List.copyOf(rows);
    }

    /** Heads of {@link #cells}. */
    public List<String> titles() {
        return Stream.of(
                        List.of("trial"),
                        searched,
                        List.of("iterations", "validation accuracy", "of iteration", "time", "remark"))
                .flatMap(Collection::stream)
                .toList();
    }

    /** A trial for people. */
    public List<String> cells(TrialRow row) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(row.trial())));
        searched.forEach(key -> cells.add(row.settings().getOrDefault(key, "")));
        cells.add(row.last().map(last -> Numbers.count(last.iteration())).orElse("0"));
        cells.add(row.last()
                .map(last -> Numbers.percent(last.accuracy(), last.halfWidth()))
                .orElse("–"));
        cells.add(row.last().map(last -> Numbers.count(last.best())).orElse("–"));
        cells.add(Numbers.time(Duration.ofMillis(Math.round(1000 * row.seconds()))));
        cells.add(row.problem());
        return cells;
    }

    /** A Markdown table. */
    public String markdown() {
        return line(titles())
                + line(Collections.nCopies(titles().size(), "---"))
                + rows.stream().map(row -> line(cells(row))).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.isEmpty() ? "–" : cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** One line for each rung of a trial. */
    public String csv() {
        List<String> head = Stream.of(
                        List.of("rank", "trial"),
                        searched,
                        List.of("iterations", "accuracy", "half_width", "best_iteration", "seconds", "problem"))
                .flatMap(Collection::stream)
                .toList();
        Csv csv = new Csv(head.toArray(String[]::new));
        for (int rank = 1; rank <= rows.size(); rank++) {
            TrialRow row = rows.get(rank - 1);
            for (TrialRow.Rung rung : row.rungs()) {
                csv.row(cells(rank, row, List.of(rung.iteration(), rung.accuracy(), rung.halfWidth(), rung.best())));
            }
            if (row.rungs().isEmpty()) {
                csv.row(cells(rank, row, List.of("", "", "", "")));
            }
        }
        return csv.toString();
    }

    private Object[] cells(int rank, TrialRow row, List<?> rung) {
        List<Object> cells = new ArrayList<>(List.of(rank, row.trial()));
        searched.forEach(key -> cells.add(row.settings().getOrDefault(key, "")));
        cells.addAll(rung);
        cells.addAll(List.of(row.seconds(), row.problem()));
        return cells.toArray();
    }
}
