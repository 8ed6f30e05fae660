package io.fewshot4j.training;

import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.learner.Model;

/** Meta-gradients of a training's meta-batches, wherever they are computed: the bits are the same. */
public interface MetaBatches extends AutoCloseable {
    /**
     * Mean over an iteration's meta-batch at the model's parameters as they are; the caller closes it.
     *
     * @param iteration the one after the last that was asked for
     */
    MetaGradient mean(long iteration);

    @Override
    void close();

    /**
     * Place where meta-batches are computed.
     *
     * @param <T> the kind of task
     * @param <L> the kind of learner
     */
    @FunctionalInterface
    interface Place<T, L extends MetaLearner<T>> {
        /**
         * Makes ready for a training.
         *
         * @param model the caller's, whose parameters change between iterations
         * @param workers on this machine, the caller's
         * @param iteration first one that will be asked for
         */
        MetaBatches begin(TrainingPlan<T, L> plan, Model model, Workers<L> workers, long iteration);
    }
}
