package io.fewshot4j.report.table;

import io.fewshot4j.report.Csv;
import io.fewshot4j.report.Words;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as tables. What was measured here and what others published stand in columns of their own. */
public final class ResultsTable {
    /** A column for people: its title, and its text of a row. */
    private record Column(String title, Function<ResultRow, String> text) {
        static List<String> titles(List<Column> columns) {
            return columns.stream().map(Column::title).toList();
        }

        static List<String> texts(List<Column> columns, ResultRow row) {
            return columns.stream().map(column -> column.text().apply(row)).toList();
        }
    }

    private static final List<Column> NARROW = List.of(
            new Column("experiment", row -> row.claim().title()),
            new Column("data", row -> row.origin().dataset()),
            new Column("published", row -> row.claim().published()),
            new Column("ours, transductive", row -> row.figure(true)),
            new Column("ours, inductive", row -> row.figure(false)),
            new Column("iterations", ResultRow::iterations),
            new Column("training time", ResultRow::time));
    private static final List<Column> WIDE = Stream.concat(
                    NARROW.stream(),
                    Stream.of(
                            new Column("remark", ResultRow::remark),
                            new Column("published test", row -> row.claim().protocol()),
                            new Column("our test", row -> row.test().protocol()),
                            new Column("seed", row -> Long.toString(row.origin().seed())),
                            new Column("machine", row -> row.origin().machine()),
                            new Column("command", row -> "`" + row.origin().command() + "`"),
                            new Column("source", row -> row.claim().source())))
            .toList();

    private ResultsTable() {}

    /** The heads of {@link #cells}. */
    public static List<String> titles() {
        return Column.titles(NARROW);
    }

    /** Columns of a row that fit on a screen: experiment, figures, iterations, time. */
    public static List<String> cells(ResultRow row) {
        return Column.texts(NARROW, row);
    }

    /** Experiment and remark of each row that has one. */
    public static List<String> remarks(List<ResultRow> rows) {
        return rows.stream()
                .filter(row -> !row.remark().isEmpty())
                .map(row -> row.claim().title() + ": " + row.remark())
                .toList();
    }

    /** All columns as a Markdown table. */
    public static String markdown(List<ResultRow> rows) {
        String rule = line(Collections.nCopies(WIDE.size(), "---"));
        return line(Column.titles(WIDE))
                + rule
                + rows.stream().map(row -> line(Column.texts(WIDE, row))).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.isEmpty() ? "–" : cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** One line for each figure; one without a figure for what was not measured. */
    public static String csv(List<ResultRow> rows) {
        Csv csv = new Csv(
                "preset",
                "published",
                "published_test",
                "source",
                "statistics",
                "protocol",
                "measure",
                "mean",
                "half_width",
                "way",
                "shot",
                "query",
                "episodes",
                "episodes_sha256",
                "iterations",
                "planned_iterations",
                "tested_iteration",
                "training_seconds",
                "budget_seconds",
                "remark",
                "seed",
                "data",
                "data_sha256",
                "machine",
                "version",
                "command");
        for (ResultRow row : rows) {
            row.test().figures().forEach(figure -> csv.row(cells(row, Optional.of(figure))));
            if (!row.measured()) {
                csv.row(cells(row, Optional.empty()));
            }
        }
        return csv.toString();
    }

    private static Object[] cells(ResultRow row, Optional<ResultRow.Figure> figure) {
        ResultRow.Test test = row.test();
        ResultRow.Training training = row.training();
        return new Object[] {
            row.claim().preset(),
            row.claim().published(),
            row.claim().protocol(),
            row.claim().source(),
            cell(figure, ResultRow.Figure::statistics),
            cell(figure, one -> Words.protocol(one.transductive())),
            cell(figure, ResultRow.Figure::measure),
            cell(figure, ResultRow.Figure::mean),
            cell(figure, ResultRow.Figure::halfWidth),
            test.way(),
            test.shot(),
            test.query(),
            test.episodes(),
            test.episodesHash(),
            training.iterations(),
            training.planned(),
            training.tested(),
            training.seconds(),
            training.budget(),
            row.remark(),
            row.origin().seed(),
            row.origin().dataset(),
            row.origin().dataFingerprint(),
            row.origin().machine(),
            row.origin().version(),
            row.origin().command()
        };
    }

    private static Object cell(Optional<ResultRow.Figure> figure, Function<ResultRow.Figure, Object> value) {
        return figure.map(value).orElse("");
    }
}
