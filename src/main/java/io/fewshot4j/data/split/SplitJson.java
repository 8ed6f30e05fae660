package io.fewshot4j.data.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.source.FileNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Split lists in JSON: {@code {"train": ["cat"], "val": [...], "test": [...]}} or {@code {"cat": "train"}} for all
 * splits; for one split a list of classes, or {@code image_labels} with {@code label_names}, as "A Closer Look at
 * Few-shot Classification" has them.
 */
final class SplitJson {
    private SplitJson() {}

    /** The splits of a file for all of them. */
    static Map<String, Split> splits(Path file) {
        JsonNode root = read(file);
        Map<String, Split> splits = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            Optional<Split> split = Split.named(entry.getKey());
            if (split.isPresent() && entry.getValue().isArray()) {
                names(file, entry.getValue()).forEach(name -> SplitLists.put(splits, file, name, split.get()));
            } else {
                String word = entry.getValue().asText();
                SplitLists.put(splits, file, entry.getKey(), SplitLists.split(file, entry.getKey(), word));
            }
        }
        return splits;
    }

    /** The classes of a file for one split. */
    static List<String> classes(Path file) {
        JsonNode root = read(file);
        if (root.isArray()) {
            return names(file, root);
        }
        List<String> names = names(file, root.path("label_names"));
        TreeSet<String> used = new TreeSet<>();
        for (JsonNode label : root.path("image_labels")) {
            if (!label.isInt() || label.asInt() < 0 || label.asInt() >= names.size()) {
                throw new FewShotException(
                        file + " must have image_labels from 0 to " + (names.size() - 1) + ", got " + label);
            }
            used.add(names.get(label.asInt()));
        }
        return List.copyOf(used);
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(ListFile.text(file.toString(), ListFile.bytes(file)));
        } catch (JsonProcessingException e) {
            throw new FewShotException(file + " is no JSON (" + e.getOriginalMessage() + "): mend it", e);
        }
    }

    private static List<String> names(Path file, JsonNode list) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : list) {
            if (!name.isTextual()) {
                throw new FewShotException(file + " must list classes by name, got " + name);
            }
            FileNames.require(file.toString(), name.asText());
            names.add(name.asText());
        }
        if (names.isEmpty()) {
            throw new FewShotException(
                    file + " must list classes, or have image_labels and label_names; it names none");
        }
        return names;
    }
}
