package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import java.util.List;

/**
 * A learner as a support set has made it. It can be asked any number of times, on the learner's thread, until it is
 * closed or the learner is. The model must not be trained on in between.
 */
public interface Adapted extends AutoCloseable {
    /**
     * Scores of queries after the last step; their labels do not matter.
     *
     * @param statistics one of {@link Learner#supportedStatistics}
     * @throws io.fewshot4j.FewShotException if the learner does not support the statistics
     */
    Scores score(LabelledImages queries, BatchStatistics statistics);

    /** Scores of queries before adaptation and after each step, for curves; the last are those of {@link #score}. */
    default Predictions scoreSteps(LabelledImages queries, BatchStatistics statistics) {
        return new Predictions(List.of(score(queries, statistics)));
    }

    /** Frees memory outside the heap. */
    @Override
    default void close() {
        // most hold nothing of their own
    }
}
