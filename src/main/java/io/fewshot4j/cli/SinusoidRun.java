package io.fewshot4j.cli;

import io.fewshot4j.catalog.Presets;
import io.fewshot4j.catalog.SinusoidExperiment;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.regression.Regressor;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.ConsoleProgress;
import io.fewshot4j.report.History;
import io.fewshot4j.report.RegressionReport.Fit;
import io.fewshot4j.report.RegressionReport.Method;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.training.RegressionResult;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;

/** One method on sinusoids: a run in a folder of its own. */
record SinusoidRun(SinusoidExperiment experiment, RunFolder folder) {
    /** Functions to test on, as in the paper. */
    static final int TEST_TASKS = 600;

    private static final long TEST_SEED = 2_000_001;
    private static final long PICTURE_SEED = 3_000_001;
    private static final double TALL = 2;
    private static final int CURVE_POINTS = 101;
    private static final int TRAINING_POINTS = 500;

    String method() {
        return Kebab.of(experiment.regression().method());
    }

    /** A new run as the method's preset says, in a folder of its name, or what has been trained so far. */
    static SinusoidRun begunOrResumed(Path out, String method, Settings given) {
        return trained(out, method)
                .map(run -> new SinusoidRun(
                        SinusoidExperiment.of(RunSettings.resumed(
                                run.experiment.settings(), given, "choose another --out for other settings")),
                        run.folder))
                .orElseGet(() -> {
                    Settings preset =
                            Presets.load("sinusoid/" + method + "-10shot").settings();
                    SinusoidExperiment experiment = SinusoidExperiment.of(preset.with(given));
                    return new SinusoidRun(experiment, RunFolder.create(out.resolve(method)));
                });
    }

    /** A run that has a checkpoint. */
    static Optional<SinusoidRun> trained(Path out, String method) {
        RunFolder folder = new RunFolder(out.resolve(method));
        return folder.checkpoints().latest().map(latest -> {
            try (latest) {
                Settings settings = Settings.of(latest.manifest().provenance().settings());
                return new SinusoidRun(SinusoidExperiment.of(settings), folder);
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
            List<RegressionResult> results = shots.stream()
                    .map(shot -> experiment.test(model, shot, tasks, TEST_SEED))
                    .toList();
            History history = RunHistory.of(folder, experiment.training());
            return new Method(
                    method(),
                    checkpoint.manifest().provenance().settings(),
                    checkpoint.manifest().progress().iteration(),
                    history.thinned(TRAINING_POINTS),
                    results,
                    fits(model, results));
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
        try (Regressor regressor = experiment.regressor(model)) {
            return List.of(
                    fit(regressor, few, 0, few.shot() + " points, all on the right half"),
                    fit(regressor, more, Sinusoids.LEAST, more.shot() + " points"));
        }
    }

    /** The first function of a list that is tall enough to be seen. */
    private static Fit fit(Regressor regressor, RegressionResult result, double from, String title) {
        Sinusoids tasks = new Sinusoids(result.shot(), 1, PICTURE_SEED, from);
        SinusoidTask tall = LongStream.iterate(0, i -> i + 1)
                .mapToObj(tasks::task)
                .filter(task -> task.function().amplitude() >= TALL)
                .findFirst()
                .orElseThrow();
        double step = (Sinusoids.MOST - Sinusoids.LEAST) / (CURVE_POINTS - 1);
        DoubleStream grid = DoubleStream.iterate(Sinusoids.LEAST, x -> x + step).limit(CURVE_POINTS);
        SinusoidTask shown = tall.withQuery(Points.on(tall.function()::at, grid));
        return new Fit(title, shown, result.innerLearningRate(), regressor.predict(shown, result.innerLearningRate()));
    }
}
