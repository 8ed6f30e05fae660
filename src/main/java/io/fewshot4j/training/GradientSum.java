package io.fewshot4j.training;

import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.learner.PairwiseSum;
import io.fewshot4j.learner.TaskShape;
import java.util.ArrayList;
import java.util.List;

/** Means over a meta-batch, whose subtrees threads sum. */
final class GradientSum {
    /** Runs that a thread sums one after another, where there are enough groups: threads are not equally fast. */
    private static final int RUNS_PER_THREAD = 4;

    private GradientSum() {}

    /** The mean over an iteration's meta-batch, with the same bits for any number of workers; the caller closes it. */
    static <T> MetaGradient mean(
            Workers<? extends MetaLearner<T>> workers, List<T> tasks, int tasksPerGroup, long iteration) {
        List<List<T>> groups = TaskShape.groups(tasks, tasksPerGroup);
        try (PairwiseSum sum = new PairwiseSum()) {
            workers.inOrder(
                    runs(groups, workers.count()),
                    (learner, run) -> PairwiseSum.of(run, group -> learner.metaGradient(group, iteration)),
                    sum::add);
            return sum.mean();
        }
    }

    /** Groups in runs of a power of two, that of the last run aside. */
    private static <G> List<List<G>> runs(List<G> groups, int threads) {
        int length = Integer.highestOneBit(Math.max(1, groups.size() / (RUNS_PER_THREAD * threads)));
        List<List<G>> runs = new ArrayList<>();
        for (int from = 0; from < groups.size(); from += length) {
            runs.add(groups.subList(from, Math.min(from + length, groups.size())));
        }
        return runs;
    }
}
