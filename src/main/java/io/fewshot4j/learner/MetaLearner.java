package io.fewshot4j.learner;

import java.util.List;

/**
 * What training asks of an algorithm: a gradient over some tasks. One instance serves one thread at a time; several may
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

    /** Frees its off-heap memory; the model is the caller's. */
    @Override
    void close();
}
