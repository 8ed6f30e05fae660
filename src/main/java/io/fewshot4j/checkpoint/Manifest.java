package io.fewshot4j.checkpoint;

import java.util.Map;
import java.util.Optional;

/**
 * Facts of a checkpoint beside its arrays.
 *
 * @param runSha256 SHA-256 of the run's files beside the checkpoints, by name, as they were then; empty in checkpoints
 *     of before
 */
public record Manifest(Provenance provenance, Progress progress, Map<String, String> runSha256) {
    public Manifest {
        runSha256 = Map.copyOf(runSha256);
    }

    Optional<String> sha256(String file) {
        return Optional.ofNullable(runSha256.get(file));
    }
}
