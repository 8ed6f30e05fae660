package io.fewshot4j.checkpoint;

/** What a checkpoint says of itself beside its arrays. */
public record Manifest(Provenance provenance, Progress progress) {}
