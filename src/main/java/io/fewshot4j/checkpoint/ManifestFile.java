package io.fewshot4j.checkpoint;

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

/** A manifest as {@code manifest.json}, with the SHA-256 of the files beside it by name. */
record ManifestFile(Manifest manifest, Map<String, String> sha256) {
    static final String NAME = "manifest.json";
    private static final int FORMAT = 1;
    private static final String PROGRAM = "fewshot4j";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
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
            throw new IOException(NAME + " is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new IOException(NAME + " is no JSON object");
        }
        if (!root.path("program").asText().equals(PROGRAM)) {
            throw new FewShotException(folder + " is no checkpoint of fewshot4j: its " + NAME
                    + " must say \"program\": \"" + PROGRAM + "\"; name the folder that train made");
        }
        if (root.path("format").asInt() > FORMAT) {
            throw new FewShotException("checkpoint " + folder + " must be of format " + FORMAT + " or older, got "
                    + root.path("format").asInt() + "; use fewshot4j "
                    + root.path("version").asText() + " or newer");
        }
        return new ManifestFile(manifest(root), texts(required(root, "sha256")));
    }

    private static Manifest manifest(JsonNode root) throws IOException {
        Optional<Progress.Best> best =
                root.has("best-validation") ? Optional.of(best(root.path("best-validation"))) : Optional.empty();
        return new Manifest(
                new Provenance(
                        required(root, "version").asText(),
                        texts(required(root, "settings")),
                        required(root, "seed").asLong(),
                        required(root, "data-fingerprint").asText(),
                        required(root, "backend").asText()),
                new Progress(
                        required(root, "iteration").asLong(),
                        best,
                        required(root, "validations-since-best").asInt()));
    }

    private static Progress.Best best(JsonNode node) throws IOException {
        return new Progress.Best(
                required(node, "iteration").asLong(), required(node, "accuracy").asDouble());
    }

    private static JsonNode required(JsonNode node, String field) throws IOException {
        if (!node.hasNonNull(field)) {
            throw new IOException(NAME + " lacks " + field);
        }
        return node.path(field);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(f -> texts.put(f.getKey(), f.getValue().asText()));
        return texts;
    }
}
