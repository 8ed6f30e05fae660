package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.catalog.SavedSettings;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.History;
import io.fewshot4j.report.RegressionReport.Fit;
import io.fewshot4j.report.RegressionReport.Method;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.console.ConsoleProgress;
import io.fewshot4j.training.RegressionEvaluator;
import io.fewshot4j.training.RegressionResult;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingListener;
import io.fewshot4j.training.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;

/** One method on sinusoids: a run in a folder of its own. */
record SinusoidRun(String method, Experiment experiment, RunFolder folder) {
    /** Functions to test on, as in the paper. */
    static final int TEST_TASKS = 600;

    private static final long TEST_SEED = 2_000_001;
    private static final long VALIDATION_SEED = 1_000_001;
    private static final long PICTURE_SEED = 3_000_001;
    private static final int VALIDATION_TASKS = 100;
    private static final String RATE = "inner-learning-rate";
    private static final List<Double> RATES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1);
    private static final double TALL = 2;
    private static final int CURVE_POINTS = 101;
    private static final int TRAINING_POINTS = 500;

    /** A new run as the method's preset says, in a folder of its name, or what has been trained so far. */
    static SinusoidRun begunOrResumed(Path out, String method, Settings given) {
        return trained(out, method)
                .map(run -> new SinusoidRun(
                        method,
                        Experiment.of(RunSettings.resumed(
                                run.experiment.settings(), given, "choose another --out for other settings")),
                        run.folder))
                .orElseGet(() -> {
                    Settings preset =
                            Presets.load("sinusoid/" + method + "-10shot").settings();
                    return new SinusoidRun(
                            method, Experiment.of(preset.with(given)), RunFolder.create(out.resolve(method)));
                });
    }

    /** A run that has a checkpoint. */
    static Optional<SinusoidRun> trained(Path out, String method) {
        RunFolder folder = new RunFolder(out.resolve(method));
        return folder.checkpoints().latest().map(latest -> {
            try (latest) {
                Settings settings =
                        SavedSettings.of(latest.manifest().provenance().settings());
                return new SinusoidRun(method, Experiment.of(settings), folder);
            }
        });
    }

    /** Trains; {@code other} hears of it, too. */
    TrainingEvent.Stopped train(Console console, StopSignal stop, TrainingListener other) {
        try (ConsoleProgress progress = new ConsoleProgress(console.progress());
                Model model = experiment.initialise(DataType.FLOAT)) {
            TrainingListener both = event -> {
                progress.on(event);
                other.on(event);
            };
            return new Trainer<>(experiment.plan(Environment.VERSION, Environment.backend()), both, stop)
                    .train(model, folder);
        }
    }

    /** Errors on so many functions from each number of points, and some curves. */
    Method test(List<Integer> shots, int tasks) {
        try (Checkpoint checkpoint = folder.checkpoints().latest().orElseThrow()) {
            Model model = checkpoint.model();
            List<RegressionResult> results =
                    shots.stream().map(shot -> test(model, shot, tasks)).toList();
            History history = RunHistory.of(folder, experiment.training());
            return new Method(
                    method,
                    checkpoint.manifest().provenance().settings(),
                    checkpoint.manifest().progress().iteration(),
                    history.thinned(TRAINING_POINTS),
                    results,
                    fits(model, results));
        }
    }

    private RegressionResult test(Model model, int shot, int tasks) {
        double rate = rate(model, shot, Math.min(VALIDATION_TASKS, tasks));
        return new RegressionResult(
                shot, tasks, TEST_SEED, rate, errors(at(rate), model, experiment.functions(shot, TEST_SEED), tasks));
    }

    private double ownRate() {
        return Double.parseDouble(experiment.settings().get(RATE).orElseThrow());
    }

    private Experiment at(double rate) {
        return experiment.with(Settings.of(Map.of(RATE, Double.toString(rate))));
    }

    /** The baselines adapt at the rate that is best on tasks of validation, as in the paper. */
    private double rate(Model model, int shot, int tasks) {
        return experiment.learnerName().equals("pretrained")
                ? RATES.stream()
                        .min(Comparator.comparingDouble(rate ->
                                last(errors(at(rate), model, experiment.functions(shot, VALIDATION_SEED), tasks))))
                        .orElseThrow()
                : ownRate();
    }

    private static double last(List<Interval> errors) {
        return errors.get(errors.size() - 1).mean();
    }

    private static List<Interval> errors(Experiment adapting, Model model, Sinusoids functions, int count) {
        try (Workers<Learner> workers =
                new Workers<>(adapting::learner, model, adapting.training().threads())) {
            return new RegressionEvaluator(workers).errors(index -> adapting.episode(functions.task(index)), count);
        }
    }

    /** What a report says of a test whose first method is {@code first}. */
    static RunFacts facts(Method first, String command, Instant start) {
        return new RunFacts(
                "Sinusoid regression",
                "",
                Sinusoids.FINGERPRINT,
                Sinusoids.FINGERPRINT,
                command,
                Long.parseLong(first.settings().getOrDefault("seed", "0")),
                Duration.between(start, Instant.now()),
                Map.of(),
                Environment.describe());
    }

    private List<Fit> fits(Model model, List<RegressionResult> results) {
        RegressionResult few = results.get(0);
        RegressionResult more = results.get(Math.min(1, results.size() - 1));
        return List.of(
                fit(model, few, 0, few.shot() + " points, all on the right half"),
                fit(model, more, Sinusoids.LEAST, more.shot() + " points"));
    }

    /** The first function of a list that is tall enough to be seen. */
    private Fit fit(Model model, RegressionResult result, double from, String title) {
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
