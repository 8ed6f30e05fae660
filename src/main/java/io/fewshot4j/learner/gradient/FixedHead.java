package io.fewshot4j.learner.gradient;

import io.fewshot4j.FewShotException;
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
        if (!STATISTICS.contains(statistics)) {
            throw new FewShotException(name + " takes batch statistics from " + STATISTICS + ", got " + statistics);
        }
        if (episode.way() != shape.episode().way()) {
            throw new FewShotException(
                    name + " was trained for " + shape.episode().way() + " classes, got "
                            + episode.way() + ": its head has an output for each; give "
                            + shape.episode().way()
                            + " classes, or use a model of protonet, matching, relation or siamese, which take any number");
        }
    }
}
