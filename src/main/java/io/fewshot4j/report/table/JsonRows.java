package io.fewshot4j.report.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a table as a JSON file. */
public record JsonRows<R extends Record>(Path file, Class<R> type) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * The rows in the file's order; none where there is no file.
     *
     * @throws FewShotException if it holds anything else
     */
    public List<R> read() {
        try {
            return Files.exists(file)
                    ? whole(MAPPER.readerForListOf(type).readValue(Files.readString(file)))
                    : List.of();
        } catch (JsonProcessingException e) {
            throw new FewShotException(
                    file + " is no table of results of this version: " + e.getOriginalMessage()
                            + "; choose another folder",
                    e);
        } catch (IOException e) {
            throw new FewShotException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private List<R> whole(@Nullable List<@Nullable R> rows) {
        if (rows == null || rows.stream().anyMatch(Objects::isNull)) {
            throw new FewShotException(file
                    + " must be a list of results, got null in it; put it back from a copy or choose another folder");
        }
        return rows.stream().map(Objects::requireNonNull).toList();
    }
}
