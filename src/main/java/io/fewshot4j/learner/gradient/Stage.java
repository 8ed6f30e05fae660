package io.fewshot4j.learner.gradient;

import java.util.List;

/**
 * Loss that is differentiated at a point of training, and how.
 *
 * @param order 2: through the inner gradients; 1: inner gradients held fixed
 * @param stepWeights weights of the query losses after each inner step; empty for the last loss alone
 * @param adapts whether inner steps come before the loss, which is then of the queries
 */
record Stage(int order, List<Double> stepWeights, boolean adapts) {
    Stage {
        stepWeights = List.copyOf(stepWeights);
    }

    /** The loss after the last inner step. */
    static Stage lastStep(int order) {
        return new Stage(order, List.of(), true);
    }

    /** The sum of the losses after each inner step, each times its weight. */
    static Stage everyStep(int order, List<Double> stepWeights) {
        return new Stage(order, stepWeights, true);
    }

    /** The loss of the first weights on the support set, without inner steps. */
    static Stage beforeAdaptation() {
        return new Stage(2, List.of(), false);
    }

    boolean everyStep() {
        return !stepWeights.isEmpty();
    }

    /** Whether one program serves both. */
    boolean alike(Stage other) {
        return order == other.order && everyStep() == other.everyStep() && adapts == other.adapts;
    }
}
