package io.fewshot4j.learner;

import io.fewshot4j.graph.Plan;

/**
 * What a computation takes.
 *
 * @param operations floating-point operations of a task's convolutions and matrix products, padding counted as pixels
 * @param bufferBytes off-heap memory of one instance
 */
public record Cost(double operations, long bufferBytes) {
    /** That of a plan of some tasks. */
    public static Cost of(Plan plan, int tasks) {
        return new Cost(plan.operations() / tasks, plan.bufferBytes());
    }
}
