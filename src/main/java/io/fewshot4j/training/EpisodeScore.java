package io.fewshot4j.training;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Predictions;
import java.io.Serializable;
import java.util.List;

/** Score of an episode's answers: accuracy after each step, and the last step's mean cross-entropy. */
public record EpisodeScore(List<Double> accuracyByStep, double loss) implements Serializable {
    public EpisodeScore {
        accuracyByStep = List.copyOf(accuracyByStep);
    }

    static EpisodeScore of(Predictions predictions, LabelledImages queries) {
        int[] labels = queries.labels();
        return new EpisodeScore(
                predictions.byStep().stream()
                        .map(scores -> scores.accuracy(labels))
                        .toList(),
                predictions.last().loss(labels));
    }

    double accuracy() {
        return accuracyByStep.get(accuracyByStep.size() - 1);
    }
}
