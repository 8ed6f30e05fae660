package io.fewshot4j.training;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import java.util.List;
import java.util.stream.IntStream;

/** How well an episode's queries were answered: accuracy after each step, and the last step's mean cross-entropy. */
record EpisodeScore(List<Double> accuracyByStep, double loss) {
    EpisodeScore {
        accuracyByStep = List.copyOf(accuracyByStep);
    }

    static EpisodeScore of(Predictions predictions, LabelledImages queries) {
        return new EpisodeScore(
                predictions.byStep().stream()
                        .map(scores -> accuracy(scores, queries))
                        .toList(),
                loss(predictions.last(), queries));
    }

    private static double accuracy(Scores scores, LabelledImages queries) {
        long right = IntStream.range(0, queries.count())
                .filter(i -> scores.predicted(i) == queries.label(i))
                .count();
        return (double) right / queries.count();
    }

    private static double loss(Scores scores, LabelledImages queries) {
        return IntStream.range(0, queries.count())
                .mapToDouble(i -> -Math.log(Math.max(Double.MIN_NORMAL, scores.probability(i, queries.label(i)))))
                .average()
                .orElseThrow();
    }

    double accuracy() {
        return accuracyByStep.get(accuracyByStep.size() - 1);
    }
}
