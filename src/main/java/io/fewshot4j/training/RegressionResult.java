package io.fewshot4j.training;

import io.fewshot4j.metrics.Interval;
import java.util.List;

/**
 * Errors of a regressor on tasks that are the same whenever they are drawn.
 *
 * @param shot support points of each task
 * @param seed of the tasks
 * @param innerLearningRate of adaptation
 * @param errorByStep mean squared error on the query points: before adaptation, then after each inner step
 */
public record RegressionResult(int shot, int tasks, long seed, double innerLearningRate, List<Interval> errorByStep) {
    public RegressionResult {
        errorByStep = List.copyOf(errorByStep);
    }

    /** After the last step. */
    public Interval last() {
        return errorByStep.get(errorByStep.size() - 1);
    }
}
