package io.fewshot4j.spark;

import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Model;
import io.fewshot4j.training.EpisodeScore;
import io.fewshot4j.training.EpisodeScoring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.spark.broadcast.Broadcast;

/** Test episodes that executors score, some for each core at a time, so that progress can be told. */
record SparkScoring(Cluster cluster, Job job, Model model) implements EpisodeScoring {
    private static final int EPISODES_OF_A_CORE = 16;

    @Override
    public List<List<EpisodeScore>> scores(EpisodeList episodes, List<BatchStatistics> choices, IntConsumer progress) {
        Broadcast<Values> values = cluster.broadcast(Values.of(model));
        try {
            List<List<EpisodeScore>> scores = new ArrayList<>();
            while (scores.size() < episodes.count()) {
                cluster.requireRunning();
                int count = Math.min(episodes.count() - scores.size(), EPISODES_OF_A_CORE * cluster.cores());
                ScoreTask work = new ScoreTask(job, values, choices, scores.size());
                for (List<EpisodeScore> episode : cluster.compute(count, work)) {
                    scores.add(episode);
                    progress.accept(scores.size());
                }
            }
            return scores;
        } finally {
            cluster.forget(values);
        }
    }
}
