package io.fewshot4j.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fewshot4j.FewShotException;
import io.fewshot4j.report.FolderLock;
import io.fewshot4j.report.History;
import io.fewshot4j.report.WholeFiles;
import io.fewshot4j.report.table.Json;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.report.table.ResultsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of results that grows: {@code results.json} is what it is, {@code results.md}, {@code results.csv} and
 * {@code index.html} show it. Each file is always whole.
 *
 * @param curves the learning curve behind a row, as far as there is one
 */
public record ResultsFolder(Path path, Function<ResultRow, History> curves) {
    private static final String FILE = "results.json";
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build()
            .readerForListOf(ResultRow.class);

    /** The rows so far, in the order in which they came. */
    public List<ResultRow> rows() {
        Path file = path.resolve(FILE);
        try {
            return Files.exists(file) ? whole(file, READER.readValue(Files.readString(file))) : List.of();
        } catch (JsonProcessingException e) {
            throw new FewShotException(
                    file + " is no table of results of this version: " + e.getOriginalMessage()
                            + "; choose another folder",
                    e);
        } catch (IOException e) {
            throw new FewShotException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<ResultRow> whole(Path file, @Nullable List<@Nullable ResultRow> rows) {
        if (rows == null || rows.stream().anyMatch(Objects::isNull)) {
            throw new FewShotException(file
                    + " must be a list of results, got null in it; put it back from a copy or choose another folder");
        }
        return rows.stream().map(Objects::requireNonNull).toList();
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
        files.put(FILE, Json.text(rows) + "\n");
        files.put("results.md", ResultsTable.markdown(rows));
        files.put("results.csv", ResultsTable.csv(rows));
        files.put("index.html", ResultsPage.of(rows, curves));
        WholeFiles.write(path, files);
        return page();
    }

    /** Where the page is. */
    public Path page() {
        return path.resolve("index.html");
    }
}
