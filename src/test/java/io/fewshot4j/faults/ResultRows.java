package io.fewshot4j.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table's rows by preset, without what two trainings always differ in: how long they took, where, and so the
 * checksum.
 */
final class ResultRows {
    private ResultRows() {}

    static String of(Path table) {
        try {
            Map<String, JsonNode> rows = new TreeMap<>();
            for (JsonNode row :
                    new ObjectMapper().readTree(table.resolve("results.json").toFile())) {
                ((ObjectNode) row).remove("checksum");
                ((ObjectNode) row.path("training")).remove("seconds");
                ((ObjectNode) row.path("origin")).remove("command");
                rows.put(row.path("claim").path("preset").asText(), row);
            }
            return rows.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
