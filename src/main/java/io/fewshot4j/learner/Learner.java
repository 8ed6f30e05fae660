package io.fewshot4j.learner;

import io.fewshot4j.episode.Episode;
import java.util.List;
import java.util.Set;

/** A few-shot classifier over a {@link Model}. */
public interface Learner extends MetaLearner<Episode> {
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

    /** The last of {@link #predict}'s scores, without the time that those of the steps before it take. */
    default Scores answer(Episode episode, BatchStatistics statistics) {
        return predict(episode, statistics).last();
    }

    /** What {@link #predict}'s scores follow. */
    default PredictionAxis axis() {
        return PredictionAxis.INNER_STEP;
    }

    /** The statistics that {@link #predict} accepts; the first inductive one and the first transductive one are reported. */
    Set<BatchStatistics> supportedStatistics();

    /** What {@link #metaGradient} of one task takes. */
    Cost cost();

    /** What it learns. */
    Model model();
}
