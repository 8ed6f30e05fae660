package io.fewshot4j.learner;

import io.fewshot4j.episode.Episode;
import java.util.List;
import java.util.Set;

/** A few-shot algorithm over a {@link Model}. One instance serves one thread at a time; several may share a model. */
public interface Learner extends AutoCloseable {
    /**
     * The mean loss of the tasks and its gradient by the model's parameters. Pure in the model: it changes nothing.
     *
     * @param tasks at least one, all of the training shape
     */
    MetaGradient metaGradient(List<Episode> tasks);

    /** Adapts to the support set, scores the queries, and leaves the model as it was. */
    Predictions predict(Episode episode, BatchStatistics statistics);

    /** The statistics that {@link #predict} accepts; the first inductive one and the first transductive one are reported. */
    Set<BatchStatistics> supportedStatistics();

    /** What it learns. */
    Model model();

    /** Frees its off-heap memory; the model is the caller's. */
    @Override
    void close();
}
