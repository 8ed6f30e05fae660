package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.RegressionReport.Fit;
import io.fewshot4j.training.RegressionEvaluator;
import io.fewshot4j.training.RegressionResult;
import io.fewshot4j.training.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** A model of functions under test: its errors, and some curves that it fits. */
record FunctionTest(Experiment experiment, Model model) {
    private static final long VALIDATION_SEED = 1_000_001;
    private static final long PICTURE_SEED = 3_000_001;
    private static final int VALIDATION_TASKS = 100;
    private static final String RATE = "inner-learning-rate";
    private static final List<Double> RATES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1);
    private static final double TALL = 2;
    private static final int CURVE_POINTS = 101;

    /** Errors on so many functions from a number of points. */
    RegressionResult result(int shot, int tasks, long seed) {
        double rate = rate(shot, Math.min(VALIDATION_TASKS, tasks));
        return new RegressionResult(shot, tasks, seed, rate, errors(at(rate), shot, tasks, seed));
    }

    private double ownRate() {
        return Double.parseDouble(experiment.settings().get(RATE).orElseThrow());
    }

    private Experiment at(double rate) {
        return experiment.with(Settings.of(Map.of(RATE, Double.toString(rate))));
    }

    /** The baselines adapt at the rate that is best on tasks of validation, as in the paper. */
    private double rate(int shot, int tasks) {
        return experiment.learnerName().equals("pretrained")
                ? RATES.stream()
                        .min(Comparator.comparingDouble(rate -> last(errors(at(rate), shot, tasks, VALIDATION_SEED))))
                        .orElseThrow()
                : ownRate();
    }

    private static double last(List<Interval> errors) {
        return errors.get(errors.size() - 1).mean();
    }

    private List<Interval> errors(Experiment adapting, int shot, int tasks, long seed) {
        Sinusoids functions = adapting.functions(shot, seed);
        try (Workers<Learner> workers =
                new Workers<>(adapting::learner, model, adapting.training().threads())) {
            return new RegressionEvaluator(workers).errors(index -> adapting.episode(functions.task(index)), tasks);
        }
    }

    /** Curves from the points of the first result, on one side only, and of the second, where there is one. */
    List<Fit> fits(List<RegressionResult> results) {
        RegressionResult few = results.get(0);
        RegressionResult more = results.get(Math.min(1, results.size() - 1));
        return List.of(
                fit(few, 0, few.shot() + " points, all on the right half"),
                fit(more, Sinusoids.LEAST, more.shot() + " points"));
    }

    /** The first function of a list that is tall enough to be seen. */
    private Fit fit(RegressionResult result, double from, String title) {
        Sinusoids tasks = new Sinusoids(result.shot(), 1, PICTURE_SEED, from);
        SinusoidTask tall = LongStream.iterate(0, i -> i + 1)
                .mapToObj(tasks::task)
                .filter(task -> task.function().amplitude() >= TALL)
                .findFirst()
                .orElseThrow();
        double step = (Sinusoids.MOST - Sinusoids.LEAST) / (CURVE_POINTS - 1);
        DoubleStream grid = DoubleStream.iterate(Sinusoids.LEAST, x -> x + step).limit(CURVE_POINTS);
        SinusoidTask shown = tall.withQuery(Points.on(tall.function()::at, grid));
        Experiment adapting = at(result.innerLearningRate());
        try (Learner learner = adapting.learner(model)) {
            return new Fit(
                    title,
                    shown,
                    result.innerLearningRate(),
                    RegressionEvaluator.answers(learner, adapting.episode(shown)));
        }
    }
}
