package io.fewshot4j.training;

import io.fewshot4j.data.Split;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.metrics.Interval;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Scores a model on frozen episodes, in parallel; the result is the same for any number of workers. */
public final class Evaluator {
    private final Workers<Learner> workers;

    /** An evaluator on workers that stay the caller's. */
    public Evaluator(Workers<Learner> workers) {
        this.workers = workers;
    }

    /** Hears how many of all predictions are made. */
    @FunctionalInterface
    public interface Progress {
        void on(int done, int total);
    }

    /** Every episode under each of some choices of batch statistics, which the learner must support. */
    public EvaluationResult evaluate(
            Split split, EpisodeList episodes, Set<BatchStatistics> choices, Progress progress) {
        int total = choices.size() * episodes.count();
        List<EvaluationResult.Mode> modes = new ArrayList<>();
        for (BatchStatistics statistics : EnumSet.copyOf(choices)) {
            int before = modes.size() * episodes.count();
            modes.add(mode(
                    statistics,
                    scores(
                            episodes,
                            (learner, episode) -> learner.predict(episode, statistics),
                            done -> progress.on(before + done, total))));
        }
        return new EvaluationResult(
                split,
                episodes.shape(),
                episodes.count(),
                episodes.seed(),
                episodes.hash(),
                workers.ask(Learner::axis),
                modes);
    }

    private static EvaluationResult.Mode mode(BatchStatistics statistics, List<EpisodeScore> scores) {
        int steps = scores.get(0).accuracyByStep().size();
        List<Interval> bySteps = IntStream.range(0, steps)
                .mapToObj(step -> Interval.of(
                        scores.stream().map(s -> s.accuracyByStep().get(step)).toList()))
                .toList();
        return new EvaluationResult.Mode(
                statistics, bySteps, scores.stream().map(EpisodeScore::accuracy).toList());
    }

    /** The scores of all episodes in order; {@code done} hears how many there are. */
    List<EpisodeScore> scores(
            EpisodeList episodes, BiFunction<Learner, Episode, Predictions> predict, Consumer<Integer> done) {
        List<EpisodeScore> scores = new ArrayList<>();
        workers.inOrder(
                IntStream.range(0, episodes.count()).boxed().toList(),
                (learner, index) -> {
                    Episode episode = episodes.episode(index);
                    return EpisodeScore.of(predict.apply(learner, episode), episode.query());
                },
                score -> {
                    scores.add(score);
                    done.accept(scores.size());
                });
        return scores;
    }
}
