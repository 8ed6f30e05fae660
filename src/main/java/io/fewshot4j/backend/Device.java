package io.fewshot4j.backend;

/** What computes. */
public enum Device {
    CPU,
    CUDA
}
