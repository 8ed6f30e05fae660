package io.fewshot4j.training;

import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.learner.regression.Regressor;
import io.fewshot4j.metrics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Measures a model's errors on its first so many tasks, in parallel; the result is the same for any number of workers. */
public final class RegressionEvaluator {
    private final Workers<Regressor> workers;
    private final int count;

    /** On workers that stay the caller's. */
    public RegressionEvaluator(Workers<Regressor> workers, int count) {
        this.workers = workers;
        this.count = count;
    }

    /** At one inner learning rate. */
    public RegressionResult evaluate(Sinusoids tasks, double rate) {
        List<List<Double>> errors = new ArrayList<>();
        workers.inOrder(
                LongStream.range(0, count).boxed().toList(),
                (regressor, index) -> errors(regressor, tasks.task(index), rate),
                errors::add);
        List<Interval> bySteps = IntStream.range(0, errors.get(0).size())
                .mapToObj(step ->
                        Interval.of(errors.stream().map(task -> task.get(step)).toList()))
                .toList();
        return new RegressionResult(tasks.shot(), count, tasks.seed(), rate, bySteps);
    }

    /** The rate with the least error after the last step. */
    public double bestRate(Sinusoids tasks, List<Double> rates) {
        return rates.stream()
                .min(Comparator.comparingDouble(
                        rate -> evaluate(tasks, rate).last().mean()))
                .orElseThrow();
    }

    private static List<Double> errors(Regressor regressor, SinusoidTask task, double rate) {
        List<Double> targets = task.query().y();
        return regressor.predict(task, rate).stream()
                .map(answers -> IntStream.range(0, targets.size())
                        .mapToDouble(i -> Math.pow(answers.get(i) - targets.get(i), 2))
                        .average()
                        .orElseThrow())
                .toList();
    }
}
