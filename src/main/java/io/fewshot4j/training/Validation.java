package io.fewshot4j.training;

import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.metrics.Interval;

/**
 * Scores a model while it is trained.
 *
 * @param <L> the kind of learner
 */
public interface Validation<L extends MetaLearner<?>> {
    /** The model with the highest mean accuracy is kept. */
    record Score(Interval accuracy, double loss) {}

    /** Throws a fault of the user if these learners cannot be scored. */
    void check(Workers<L> workers);

    /** Scores the learners' present model. */
    Score score(Workers<L> workers);
}
