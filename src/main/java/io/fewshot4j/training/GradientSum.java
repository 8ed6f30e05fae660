package io.fewshot4j.training;

import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.learner.TaskShape;
import java.util.List;
import java.util.Optional;

/** Sums the meta-gradients of equal groups of tasks, in order, in the memory of the first. */
final class GradientSum implements AutoCloseable {
    private Optional<MetaGradient> sum = Optional.empty();
    private int groups;

    /** The mean over an iteration's meta-batch, with the same bits for any number of workers; the caller closes it. */
    static <T> MetaGradient mean(
            Workers<? extends MetaLearner<T>> workers, List<T> tasks, int tasksPerGroup, long iteration) {
        try (GradientSum sum = new GradientSum()) {
            workers.inOrder(
                    TaskShape.groups(tasks, tasksPerGroup),
                    (learner, group) -> learner.metaGradient(group, iteration),
                    sum::add);
            return sum.mean();
        }
    }

    private void add(MetaGradient next) {
        groups++;
        sum = Optional.of(sum.map(before -> plus(before, next)).orElse(next));
    }

    private static MetaGradient plus(MetaGradient sum, MetaGradient next) {
        try (next) {
            sum.gradient().flat().addi(next.gradient().flat());
            sum.statistics().flat().addi(next.statistics().flat());
            return new MetaGradient(
                    sum.tasks() + next.tasks(),
                    sum.loss() + next.loss(),
                    sum.accuracy() + next.accuracy(),
                    sum.gradient(),
                    sum.statistics());
        }
    }

    private MetaGradient mean() {
        MetaGradient total = sum.orElseThrow();
        total.gradient().flat().divi(groups);
        total.statistics().flat().divi(groups);
        sum = Optional.empty();
        return new MetaGradient(
                total.tasks(), total.loss() / groups, total.accuracy() / groups, total.gradient(), total.statistics());
    }

    @Override
    public void close() {
        sum.ifPresent(MetaGradient::close);
    }
}
