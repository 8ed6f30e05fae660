package io.fewshot4j.learner;

/**
 * Cost of a computation.
 *
 * @param operations floating-point operations of a task's convolutions and matrix products, padding counted as pixels
 * @param bufferBytes memory of one instance on its device
 */
public record Cost(double operations, long bufferBytes) {}
