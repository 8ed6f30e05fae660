package io.fewshot4j.report.html;

import io.fewshot4j.report.FolderLock;
import io.fewshot4j.report.WholeFiles;
import io.fewshot4j.report.table.JsonRows;
import io.fewshot4j.report.table.TrialRow;
import io.fewshot4j.report.table.TrialsTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Trials of a sweep: {@code trials.json} is what they are, {@code trials.md}, {@code trials.csv} and {@code index.html}
 * show them. Each file is always whole.
 *
 * @param view how they are shown
 * @param ranking puts trials in order, the best first
 */
public record SweepFolder(Path path, SweepView view, UnaryOperator<List<TrialRow>> ranking) {
    private static final String FILE = "trials.json";

    /** Trials that have a row, by number. */
    public List<TrialRow> rows() {
        return file().read();
    }

    private JsonRows<TrialRow> file() {
        return new JsonRows<>(path.resolve(FILE), TrialRow.class);
    }

    /** The trials, the best first. */
    public TrialsTable table() {
        return table(rows());
    }

    private TrialsTable table(List<TrialRow> rows) {
        return new TrialsTable(view.axes().stream().map(ParallelAxis::title).toList(), ranking.apply(rows));
    }

    /** Adds a trial, or puts it in place of its former row, and writes the table. */
    public void put(TrialRow row) {
        FolderLock.holding(path, () -> {
            List<TrialRow> rows = new ArrayList<>(rows());
            rows.removeIf(other -> other.trial() == row.trial());
            rows.add(row);
            rows.sort(Comparator.comparing(TrialRow::trial));
            write(rows);
            return row;
        });
    }

    private void write(List<TrialRow> rows) {
        TrialsTable table = table(rows);
        Map<String, String> files = new LinkedHashMap<>();
        files.put(FILE, file().text(rows));
        files.put("trials.md", table.markdown());
        files.put("trials.csv", table.csv());
        files.put("index.html", SweepPage.of(view, table));
        WholeFiles.write(path, files);
    }

    /** File of the page. */
    public Path page() {
        return path.resolve("index.html");
    }
}
