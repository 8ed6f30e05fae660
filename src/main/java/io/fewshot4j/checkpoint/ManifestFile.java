package io.fewshot4j.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A manifest as {@code manifest.json}, with the SHA-256 of the files beside it by name. */
record ManifestFile(Manifest manifest, Map<String, String> sha256) {
    static final String NAME = "manifest.json";
    private static final int FORMAT = 2;
    private static final int FIRST_WITH_CHECKSUM = 2;
    private static final String CHECKSUM = "checksum";
    private static final String RUN = "run-sha256";
    private static final String PROGRAM = "fewshot4j";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    ManifestFile {
        sha256 = Collections.unmodifiableMap(new LinkedHashMap<>(sha256));
    }

    byte[] toJson() {
        Provenance provenance = manifest.provenance();
        Progress progress = manifest.progress();
        ObjectNode root = JSON.createObjectNode()
                .put("program", PROGRAM)
                .put("format", FORMAT)
                .put("version", provenance.version())
                .put("iteration", progress.iteration())
                .put("seed", provenance.seed())
                .put("data-fingerprint", provenance.dataFingerprint())
                .put("backend", provenance.backend());
        progress.best()
                .ifPresent(best -> root.putObject("best-validation")
                        .put("iteration", best.iteration())
                        .put("accuracy", best.accuracy()));
        root.put("validations-since-best", progress.validationsSinceBest());
        root.set("settings", JSON.valueToTree(provenance.settings()));
        root.set("sha256", JSON.valueToTree(sha256));
        root.set(RUN, JSON.valueToTree(new TreeMap<>(manifest.runSha256())));
        return bytes(root.put(CHECKSUM, checksum(root)));
    }

    private static byte[] bytes(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    /** SHA-256 of all else in the document. */
    static String checksum(JsonNode root) {
        ObjectNode rest = root.deepCopy();
        rest.remove(CHECKSUM);
        return DurableFiles.sha256(bytes(rest));
    }

    /**
     * Reads the manifest of a checkpoint's folder.
     *
     * @throws IOException if it is missing or damaged
     * @throws FewShotException if it is another program's, or of a newer format
     */
    static ManifestFile read(Path folder) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(folder.resolve(NAME)));
        } catch (JsonProcessingException e) {
            throw new DamageException(NAME + " is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new DamageException(NAME + " is no JSON object");
        }
        if (!root.path("program").asText().equals(PROGRAM)) {
            throw new FewShotException(folder + " is no checkpoint of fewshot4j: its " + NAME
                    + " must say \"program\": \"" + PROGRAM + "\"; name the folder that train made");
        }
        long format = whole(root, "format", 1);
        if (format > FORMAT) {
            throw new FewShotException("checkpoint " + folder + " must be of format " + FORMAT + " or older, got "
                    + format + "; use fewshot4j " + root.path("version").asText() + " or newer");
        }
        requireChecksum(root, format);
        return new ManifestFile(manifest(root), texts(required(root, "sha256")));
    }

    private static void requireChecksum(JsonNode root, long format) throws IOException {
        if (format < FIRST_WITH_CHECKSUM) {
            if (root.has(CHECKSUM)) {
                throw new DamageException(
                        NAME + " must have no " + CHECKSUM + " in format " + format + ", but has one");
            }
            return;
        }
        String expected = text(root, CHECKSUM);
        String found = checksum(root);
        if (!found.equals(expected)) {
            throw new DamageException(NAME + " must have the " + CHECKSUM + " " + found + " for what it says, got "
                    + expected + ", so something in it was changed");
        }
    }

    private static Manifest manifest(JsonNode root) throws IOException {
        Optional<Progress.Best> best =
                root.has("best-validation") ? Optional.of(best(root.path("best-validation"))) : Optional.empty();
        Progress progress =
                new Progress(whole(root, "iteration", 0), best, (int) whole(root, "validations-since-best", 0));
        if (best.filter(b -> b.iteration() > progress.iteration()).isPresent()) {
            throw new DamageException(NAME + " must have its best validation at iteration " + progress.iteration()
                    + " or before, got " + best.get().iteration());
        }
        return new Manifest(
                new Provenance(
                        text(root, "version"),
                        texts(required(root, "settings")),
                        whole(root, "seed", Long.MIN_VALUE),
                        text(root, "data-fingerprint"),
                        text(root, "backend")),
                progress,
                root.has(RUN) ? texts(required(root, RUN)) : Map.of());
    }

    private static Progress.Best best(JsonNode node) throws IOException {
        JsonNode accuracy = required(node, "accuracy");
        if (!accuracy.isNumber() || !Double.isFinite(accuracy.asDouble())) {
            throw new DamageException(NAME + " must have a finite number for accuracy, got " + accuracy);
        }
        return new Progress.Best(whole(node, "iteration", 0), accuracy.asDouble());
    }

    private static long whole(JsonNode node, String field, long least) throws IOException {
        JsonNode value = required(node, field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least) {
            throw new DamageException(NAME + " must have a whole number"
                    + (least == Long.MIN_VALUE ? "" : " of at least " + least) + " for " + field + ", got " + value);
        }
        return value.asLong();
    }

    private static String text(JsonNode node, String field) throws IOException {
        JsonNode value = required(node, field);
        if (!value.isTextual()) {
            throw new DamageException(NAME + " must have a text for " + field + ", got " + value);
        }
        return value.asText();
    }

    private static JsonNode required(JsonNode node, String field) throws IOException {
        if (!node.hasNonNull(field)) {
            throw new DamageException(NAME + " lacks " + field);
        }
        return node.path(field);
    }

    private static Map<String, String> texts(JsonNode object) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            texts.put(each.getKey(), text(object, each.getKey()));
        }
        return texts;
    }
}
