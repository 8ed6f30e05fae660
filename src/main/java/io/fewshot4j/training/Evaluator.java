package io.fewshot4j.training;

import io.fewshot4j.data.Split;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Support;
import io.fewshot4j.metrics.Interval;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Scores a model on frozen episodes, in parallel; the result is the same for any number of workers. */
public final class Evaluator {
    private final Workers<Learner> workers;
    private final Optional<EpisodeScoring> elsewhere;

    /** An evaluator on workers that stay the caller's. */
    public Evaluator(Workers<Learner> workers) {
        this(workers, Optional.empty());
    }

    /**
     * An evaluator on workers that stay the caller's.
     *
     * @param elsewhere computes scores in their place
     */
    public Evaluator(Workers<Learner> workers, Optional<EpisodeScoring> elsewhere) {
        this.workers = workers;
        this.elsewhere = elsewhere;
    }

    /**
     * Every episode under each of some choices of batch statistics, which the learner must support. An episode is
     * adapted to once for all of them.
     *
     * @param progress hears how many episodes are done
     */
    public EvaluationResult evaluate(
            Split split, EpisodeList episodes, Set<BatchStatistics> choices, IntConsumer progress) {
        List<BatchStatistics> modes = List.copyOf(EnumSet.copyOf(choices));
        List<List<EpisodeScore>> scores = elsewhere.isPresent()
                ? elsewhere.get().scores(episodes, modes, progress)
                : scores(episodes, (learner, episode) -> scores(learner, episode, modes), progress);
        return new EvaluationResult(
                EvaluationResult.OWN,
                split,
                episodes.shape(),
                episodes.count(),
                episodes.seed(),
                episodes.hash(),
                workers.ask(Learner::axis),
                IntStream.range(0, modes.size())
                        .mapToObj(mode -> mode(
                                modes.get(mode),
                                scores.stream()
                                        .map(episode -> episode.get(mode))
                                        .toList()))
                        .toList());
    }

    /** Scores of one episode, one for each choice of batch statistics. */
    public static List<EpisodeScore> scores(Learner learner, Episode episode, List<BatchStatistics> modes) {
        try (Adapted adapted = learner.adapt(Support.of(episode))) {
            return modes.stream()
                    .map(statistics -> adapted.scoreSteps(episode.query(), statistics))
                    .map(predictions -> EpisodeScore.of(predictions, episode.query()))
                    .toList();
        }
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

    /** One result for each episode, in order; {@code progress} hears how many there are. */
    <R> List<R> scores(EpisodeList episodes, BiFunction<Learner, Episode, R> score, IntConsumer progress) {
        List<R> scores = new ArrayList<>();
        workers.inOrder(
                IntStream.range(0, episodes.count()).boxed().toList(),
                (learner, index) -> score.apply(learner, episodes.episode(index)),
                result -> {
                    scores.add(result);
                    progress.accept(scores.size());
                });
        return scores;
    }
}
