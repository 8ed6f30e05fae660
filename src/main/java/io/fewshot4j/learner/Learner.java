package io.fewshot4j.learner;

import io.fewshot4j.episode.Episode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An algorithm over a {@link Model}: it learns to learn from small support sets. One instance serves one thread. */
public interface Learner extends MetaLearner<Episode> {
    /**
     * The loss that {@link #metaGradient} is the derivative of, at the model's parameters as they are when it is asked.
     * It serves checks by finite differences.
     */
    default ModelLoss loss(List<Episode> tasks) {
        return () -> {
            try (MetaGradient result = metaGradient(tasks)) {
                return result.loss();
            }
        };
    }

    /**
     * Adapts to a support set and leaves the model as it was.
     *
     * @throws io.fewshot4j.FewShotException if the learner was trained for another number of classes and cannot take
     *     this one
     */
    Adapted adapt(Support support);

    /**
     * Answers to an episode's queries before adaptation and after each step: {@link #adapt}, then
     * {@link Adapted#scoreSteps}.
     */
    default Predictions predict(Episode episode, BatchStatistics statistics) {
        try (Adapted adapted = adapt(Support.of(episode))) {
            return adapted.scoreSteps(episode.query(), statistics);
        }
    }

    /**
     * Features of images by the trained network, each image's own; none where a network is adapted before it sees
     * queries.
     */
    default Optional<Embedding> embedding() {
        return Optional.empty();
    }

    /** Number that the scores of {@link Predictions} count. */
    default PredictionAxis axis() {
        return PredictionAxis.INNER_STEP;
    }

    /**
     * Statistics that {@link Adapted#score} accepts; the first inductive one and the first transductive one are
     * reported.
     */
    Set<BatchStatistics> supportedStatistics();

    /** Cost of {@link #metaGradient} for one task. */
    Cost cost();

    /** Parameters and statistics that it learns. */
    Model model();
}
