package io.fewshot4j.learner.gradient;

import java.util.List;

/**
 * What loss is differentiated at a point of training, and how.
 *
 * @param order 2: through the inner gradients; 1: inner gradients held fixed
 * @param stepWeights weights of the query losses after each inner step; empty for the last loss alone
 */
record Stage(int order, List<Double> stepWeights) {
    Stage {
        stepWeights = List.copyOf(stepWeights);
    }

    /** The loss after the last inner step. */
    static Stage lastStep(int order) {
        return new Stage(order, List.of());
    }

    boolean everyStep() {
        return !stepWeights.isEmpty();
    }

    /** Whether one program serves both. */
    boolean alike(Stage other) {
        return order == other.order && everyStep() == other.everyStep();
    }
}
