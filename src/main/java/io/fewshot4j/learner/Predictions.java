package io.fewshot4j.learner;

import java.util.List;

/**
 * Scores of an episode's queries: before adaptation, then after each inner step. A method without inner steps has one
 * entry.
 */
public record Predictions(List<Scores> byStep) {
    public Predictions {
        byStep = List.copyOf(byStep);
        if (byStep.isEmpty()) {
            throw new IllegalArgumentException("predictions must have at least one step, got none");
        }
    }

    /** The scores after the last step: the answer. */
    public Scores last() {
        return byStep.get(byStep.size() - 1);
    }
}
