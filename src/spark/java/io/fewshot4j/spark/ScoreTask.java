package io.fewshot4j.spark;

import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.training.EpisodeScore;
import io.fewshot4j.training.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Scores of a share of test episodes, on an executor.
 *
 * @param first index of the episode that shares count from
 */
record ScoreTask(Job job, Broadcast<Values> values, List<BatchStatistics> choices, int first)
        implements Function<Share, Answer<ArrayList<EpisodeScore>>> {
    @Override
    public Answer<ArrayList<EpisodeScore>> call(Share share) {
        return Replies.to(() -> {
            Node node = Node.of(job);
            return node.with(
                    values.value(),
                    learner -> IntStream.range(share.from(), share.to())
                            .mapToObj(index -> node.episode(first + (long) index))
                            .map(episode -> new ArrayList<>(Evaluator.scores(learner, episode, choices)))
                            .toList());
        });
    }
}
