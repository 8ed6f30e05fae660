package io.fewshot4j.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Origin of a run's result, the same from its first iteration to its last.
 *
 * @param version of this program
 * @param settings in force, by key, in order
 * @param seed of the training episodes
 * @param dataFingerprint of the training classes
 * @param backend and device in words
 */
public record Provenance(
        String version, Map<String, String> settings, long seed, String dataFingerprint, String backend) {
    public Provenance {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
