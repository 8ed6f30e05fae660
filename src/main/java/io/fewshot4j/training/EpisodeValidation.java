package io.fewshot4j.training;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Support;
import io.fewshot4j.metrics.Interval;
import java.util.List;
import java.util.Set;

/** Accuracy on frozen episodes under one choice of batch statistics. */
public record EpisodeValidation(EpisodeList episodes, BatchStatistics statistics) implements Validation<Learner> {
    @Override
    public void check(Workers<Learner> workers) {
        Set<BatchStatistics> supported = workers.ask(Learner::supportedStatistics);
        if (!supported.contains(statistics)) {
            throw new FewShotException(
                    "validation-statistics must be one of " + supported + " for this learner, got " + statistics);
        }
    }

    private EpisodeScore score(Learner learner, Episode episode) {
        try (Adapted adapted = learner.adapt(Support.of(episode))) {
            return EpisodeScore.of(
                    new Predictions(List.of(adapted.score(episode.query(), statistics))), episode.query());
        }
    }

    @Override
    public Score score(Workers<Learner> workers) {
        List<EpisodeScore> scores = new Evaluator(workers).scores(episodes, this::score, done -> {});
        return new Score(
                Interval.of(scores.stream().map(EpisodeScore::accuracy).toList()),
                Interval.of(scores.stream().map(EpisodeScore::loss).toList()).mean());
    }
}
