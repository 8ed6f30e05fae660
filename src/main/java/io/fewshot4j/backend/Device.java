package io.fewshot4j.backend;

/** A kind of device that computes. */
public enum Device {
    CPU,
    CUDA
}
