package io.fewshot4j.learner;

import java.util.List;

/**
 * Algorithm as training sees it: a gradient over some tasks. One instance serves one thread at a time; several may
 * share a {@link Model}.
 *
 * @param <T> the kind of task
 */
public interface MetaLearner<T> extends AutoCloseable {
    /**
     * The mean loss of the tasks and its gradient by the model's parameters. Pure in the model: it changes nothing.
     *
     * @param tasks at least one, all of the training shape
     */
    MetaGradient metaGradient(List<T> tasks);

    /**
     * Meta-gradient at a point of training. A learner whose loss changes as training goes on must say so here; {@link
     * #metaGradient(List)} is then of the loss that training ends with. Pure in the model and the iteration.
     *
     * @param iteration how many meta-updates were made before
     */
    default MetaGradient metaGradient(List<T> tasks, long iteration) {
        return metaGradient(tasks);
    }

    /** Frees its off-heap memory; the model is the caller's. */
    @Override
    void close();
}
