package io.fewshot4j.report.html;

import io.fewshot4j.report.FolderLock;
import io.fewshot4j.report.History;
import io.fewshot4j.report.WholeFiles;
import io.fewshot4j.report.table.JsonRows;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.report.table.ResultsTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A table of results that grows: {@code results.json} is what it is, {@code results.md}, {@code results.csv} and
 * {@code index.html} show it. Each file is always whole.
 *
 * @param curves the learning curve behind a row, as far as there is one
 */
public record ResultsFolder(Path path, Function<ResultRow, History> curves) {
    private static final String FILE = "results.json";

    /** The rows so far, in the order in which they came. */
    public List<ResultRow> rows() {
        return file().read();
    }

    private JsonRows<ResultRow> file() {
        return new JsonRows<>(path.resolve(FILE), ResultRow.class);
    }

    /** The row of a preset, if there is one. */
    public Optional<ResultRow> row(String preset) {
        return rows().stream()
                .filter(row -> row.claim().preset().equals(preset))
                .findFirst();
    }

    /** Adds a row, or puts it in place of its preset's, and writes the table; gives the page's path. */
    public Path put(ResultRow row) {
        return FolderLock.holding(path, () -> putAlone(row));
    }

    private Path putAlone(ResultRow row) {
        List<ResultRow> rows = new ArrayList<>(rows());
        int place = rows.stream()
                .map(r -> r.claim().preset())
                .toList()
                .indexOf(row.claim().preset());
        if (place < 0) {
            rows.add(row);
        } else {
            rows.set(place, row);
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put(FILE, file().text(rows));
        files.put("results.md", ResultsTable.markdown(rows));
        files.put("results.csv", ResultsTable.csv(rows));
        files.put("index.html", ResultsPage.of(rows, curves));
        WholeFiles.write(path, files);
        return page();
    }

    /** File of the page. */
    public Path page() {
        return path.resolve("index.html");
    }
}
