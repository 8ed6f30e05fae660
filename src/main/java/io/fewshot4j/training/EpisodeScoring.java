package io.fewshot4j.training;

import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.BatchStatistics;
import java.util.List;
import java.util.function.IntConsumer;

/** Scores of test episodes, wherever they are computed: the bits are the same. */
@FunctionalInterface
public interface EpisodeScoring {
    /**
     * Scores of each episode in order, one for each choice of batch statistics.
     *
     * @param progress hears how many episodes are done
     */
    List<List<EpisodeScore>> scores(EpisodeList episodes, List<BatchStatistics> choices, IntConsumer progress);
}
