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

    /**
     * The same for a point of training. A learner whose loss changes as training goes on must say so here; {@link
     * #metaGradient(List)} is then of the loss that training ends with. Pure in the model and the iteration.
     *
     * @param iteration how many meta-updates were made before
     */
    default MetaGradient metaGradient(List<Episode> tasks, long iteration) {
        return metaGradient(tasks);
    }

    /**
     * What {@link #metaGradient} is the derivative of, as a function of the model's parameters as they are when it is
     * asked. It serves checks by finite differences.
     */
    default Objective objective(List<Episode> tasks) {
        return () -> {
            try (MetaGradient result = metaGradient(tasks)) {
                return result.loss();
            }
        };
    }

    /** Adapts to the support set, scores the queries, and leaves the model as it was. */
    Predictions predict(Episode episode, BatchStatistics statistics);

    /** The statistics that {@link #predict} accepts; the first inductive one and the first transductive one are reported. */
    Set<BatchStatistics> supportedStatistics();

    /** What {@link #metaGradient} of one task takes. */
    Cost cost();

    /** What it learns. */
    Model model();

    /** Frees its off-heap memory; the model is the caller's. */
    @Override
    void close();
}
