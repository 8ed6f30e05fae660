package io.fewshot4j.training;

import io.fewshot4j.data.Split;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.PredictionAxis;
import io.fewshot4j.metrics.Interval;
import java.util.List;

/**
 * Accuracy over a frozen list of episodes, under each choice of batch statistics.
 *
 * @param head that answered, or {@link #OWN}
 * @param axis what a mode's accuracies follow
 */
public record EvaluationResult(
        String head,
        Split split,
        EpisodeShape shape,
        int episodes,
        long seed,
        String episodesHash,
        PredictionAxis axis,
        List<Mode> modes) {
    /** Answers of the learner itself. */
    public static final String OWN = "own";

    public EvaluationResult {
        modes = List.copyOf(modes);
    }

    /** Figures like these, of a head. */
    EvaluationResult by(String name) {
        return new EvaluationResult(name, split, shape, episodes, seed, episodesHash, axis, modes);
    }

    /** Whether a head answered, not the learner itself. */
    public boolean byHead() {
        return !head.equals(OWN);
    }

    /**
     * One choice of statistics.
     *
     * @param accuracyByStep along {@link EvaluationResult#axis}: for most learners before adaptation, then after each
     *     inner step
     * @param accuracyByEpisode after the last step, 0 to 1, in the order of the episodes
     */
    public record Mode(BatchStatistics statistics, List<Interval> accuracyByStep, List<Double> accuracyByEpisode) {
        public Mode {
            accuracyByStep = List.copyOf(accuracyByStep);
            accuracyByEpisode = List.copyOf(accuracyByEpisode);
        }

        /** After the last step: the result. */
        public Interval accuracy() {
            return accuracyByStep.get(accuracyByStep.size() - 1);
        }
    }
}
