package io.fewshot4j.report.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of a table as a JSON file. Each has a checksum, the SHA-256 of all else in it, so that a figure that was changed
 * is not taken for one that was measured; rows of before have none and are taken as they are.
 */
public record JsonRows<R extends Record>(Path file, Class<R> type) {
    private static final String CHECKSUM = "checksum";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Text that the file should hold for some rows. */
    public String text(List<R> rows) {
        ArrayNode list = MAPPER.createArrayNode();
        for (R row : rows) {
            ObjectNode sealed = tree(row);
            list.add(sealed.put(CHECKSUM, checksum(sealed)));
        }
        return Json.text(list) + "\n";
    }

    private ObjectNode tree(R row) {
        try {
            return MAPPER.readValue(Json.text(row), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always a JSON object", e);
        }
    }

    private static String checksum(JsonNode row) {
        return Fingerprint.ofText(row.toString());
    }

    /**
     * The rows in the file's order; none where there is no file.
     *
     * @throws FewShotException if it holds anything else, or a row was changed
     */
    public List<R> read() {
        try {
            return Files.exists(file) ? rows(MAPPER.readTree(Files.readString(file))) : List.of();
        } catch (JsonProcessingException e) {
            throw new FewShotException(
                    file + " is no table of results of this version: " + e.getOriginalMessage()
                            + "; choose another folder",
                    e);
        } catch (IOException e) {
            throw new FewShotException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private List<R> rows(JsonNode list) throws JsonProcessingException {
        requireForm(list, list.isArray());
        List<R> rows = new ArrayList<>();
        for (JsonNode row : list) {
            requireForm(row, row.isObject());
            requireUnchanged((ObjectNode) row, rows.size() + 1);
            rows.add(MAPPER.treeToValue(row, type));
        }
        return rows;
    }

    private void requireForm(JsonNode found, boolean holds) {
        if (!holds) {
            throw new FewShotException(file + " must be a list of results, got "
                    + found.getNodeType().name().toLowerCase(Locale.ROOT)
                    + " in it; put it back from a copy or choose another folder");
        }
    }

    private void requireUnchanged(ObjectNode row, int number) {
        JsonNode saved = row.remove(CHECKSUM);
        String found = checksum(row);
        if (saved != null && !saved.asText().equals(found)) {
            throw new FewShotException(file + " must have the checksum " + found + " for what its result " + number
                    + " says, got " + saved.asText()
                    + ", so something in it was changed; put it back from a copy or choose another folder");
        }
    }
}
