package io.fewshot4j.training;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import io.fewshot4j.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Measures a model's errors on functions, in parallel; the result is the same for any number of workers. */
public final class RegressionEvaluator {
    private final Workers<Learner> workers;

    /** An evaluator on workers that stay the caller's. */
    public RegressionEvaluator(Workers<Learner> workers) {
        this.workers = workers;
    }

    /**
     * Mean squared error on the queries of the first {@code count} tasks, with its 95 % interval: before adaptation,
     * then after each inner step.
     */
    public List<Interval> errors(LongFunction<Episode> tasks, int count) {
        List<List<Double>> errors = new ArrayList<>();
        workers.inOrder(
                LongStream.range(0, count).boxed().toList(),
                (learner, index) -> errors(learner, tasks.apply(index)),
                errors::add);
        return IntStream.range(0, errors.get(0).size())
                .mapToObj(step ->
                        Interval.of(errors.stream().map(task -> task.get(step)).toList()))
                .toList();
    }

    private static List<Double> errors(Learner learner, Episode task) {
        float[] targets = task.query().targets(1);
        return answers(learner, task).stream()
                .map(answers -> error(answers, targets))
                .toList();
    }

    /** Answers at a task's query inputs: before adaptation, then after each inner step. */
    public static List<List<Double>> answers(Learner learner, Episode task) {
        try (Adapted adapted = learner.adapt(Support.of(task))) {
            return adapted.scoreSteps(task.query(), BatchStatistics.BATCH).byStep().stream()
                    .map(RegressionEvaluator::values)
                    .toList();
        }
    }

    private static List<Double> values(Scores scores) {
        return IntStream.range(0, scores.queries())
                .mapToObj(query -> scores.probability(query, 0))
                .toList();
    }

    private static double error(List<Double> answers, float[] targets) {
        return IntStream.range(0, targets.length)
                .mapToDouble(i -> Math.pow(answers.get(i) - targets[i], 2))
                .average()
                .orElseThrow();
    }
}
