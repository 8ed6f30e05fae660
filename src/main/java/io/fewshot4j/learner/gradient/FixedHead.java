package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.TaskShape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What networks with an output for each class of training can answer. */
final class FixedHead {
    static final Set<BatchStatistics> STATISTICS =
            new LinkedHashSet<>(List.of(BatchStatistics.BATCH, BatchStatistics.SUPPORT_AND_ONE_QUERY));

    private FixedHead() {}

    /** Refuses other statistics and other numbers of classes. */
    static void requireAnswerable(String name, TaskShape shape, Episode episode, BatchStatistics statistics) {
        statistics.requireIn(STATISTICS, name);
        shape.requireWay(name, episode);
    }
}
