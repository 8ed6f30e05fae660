package io.fewshot4j.cli.run;

import io.fewshot4j.catalog.TestEpisodes;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.data.Split;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Support;
import io.fewshot4j.report.EpisodePicture;
import io.fewshot4j.report.console.ProgressLine;
import io.fewshot4j.training.EpisodeScoring;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.Evaluator;
import io.fewshot4j.training.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Scores a trained model on episodes. */
public record Scoring(Function<Model, Learner> learners, Model model, int threads) {
    /** Choice of batch statistics among those that a learner supports. */
    @FunctionalInterface
    public interface Choice {
        Set<BatchStatistics> of(Set<BatchStatistics> supported);
    }

    /** Every episode under each chosen kind of batch statistics. */
    public EvaluationResult evaluate(Split split, EpisodeList episodes, Choice choice, Console console) {
        return evaluate(split, episodes, choice, console, Optional.empty());
    }

    /** Scores on the machines that the console names. */
    public EvaluationResult evaluate(Split split, TestEpisodes tests, Choice choice, Console console) {
        return evaluate(split, tests.list(), choice, console, console.engine().test(tests, model));
    }

    private EvaluationResult evaluate(
            Split split, EpisodeList episodes, Choice choice, Console console, Optional<EpisodeScoring> elsewhere) {
        try (Workers<Learner> workers = new Workers<>(learners, model, threads)) {
            Set<BatchStatistics> chosen = choice.of(workers.ask(Learner::supportedStatistics));
            try (ProgressLine line =
                    ProgressLine.counting(console.progress(), "evaluating", "episodes", episodes.count())) {
                return new Evaluator(workers, elsewhere).evaluate(split, episodes, chosen, done -> line.advance(1));
            }
        }
    }

    /** The first episodes with the answers to their queries, inductive where the learner can. */
    public List<EpisodePicture> pictures(EpisodeList episodes, int count) {
        try (Learner learner = learners.apply(model)) {
            BatchStatistics statistics = learner.supportedStatistics().stream()
                    .min(Comparator.comparing(BatchStatistics::transductive))
                    .orElseThrow();
            return IntStream.range(0, Math.min(count, episodes.count()))
                    .mapToObj(episodes::episode)
                    .map(episode -> picture(learner, episode, statistics))
                    .toList();
        }
    }

    private static EpisodePicture picture(Learner learner, Episode episode, BatchStatistics statistics) {
        try (Adapted adapted = learner.adapt(Support.of(episode))) {
            return new EpisodePicture(episode, adapted.score(episode.query(), statistics), statistics);
        }
    }
}
