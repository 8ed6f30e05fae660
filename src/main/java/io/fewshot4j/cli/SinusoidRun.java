package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Extensions;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.catalog.SavedExperiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.cli.run.TrainingRun;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.RegressionReport.Method;
import io.fewshot4j.training.RegressionResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One method of {@code sinusoid}: a run in a folder of its own. */
record SinusoidRun(String method, Experiment experiment, RunFolder folder, boolean begins) {
    /** A new run as the method's preset says, in a folder of its name, or what has been trained so far. */
    static SinusoidRun begunOrResumed(Path out, String method, Settings given) {
        return trained(out, method)
                .map(run -> new SinusoidRun(
                        method,
                        Experiment.of(RunSettings.resumed(
                                run.experiment.settings(), given, "choose another --out for other settings")),
                        run.folder,
                        false))
                .orElseGet(() -> {
                    Settings preset =
                            Presets.load("sinusoid/" + method + "-10shot").settings();
                    return new SinusoidRun(
                            method, Experiment.of(preset.with(given)), RunFolder.create(out.resolve(method)), true);
                });
    }

    /** A run that has a checkpoint. */
    static Optional<SinusoidRun> trained(Path out, String method) {
        RunFolder folder = new RunFolder(out.resolve(method));
        return folder.checkpoints().latest().map(latest -> {
            try (latest) {
                return new SinusoidRun(method, SavedExperiment.of(latest, Extensions.NONE), folder, false);
            }
        });
    }

    TrainingRun training() {
        return new TrainingRun(experiment, TrainingData.functions(experiment), folder, begins);
    }

    /** Errors on so many functions from each number of points, and some curves. */
    Method test(List<Integer> shots, int tasks) {
        try (OpenedRun run = Runs.open(folder.path(), CheckpointChoice.LATEST)) {
            FunctionTest test = new FunctionTest(experiment, run.model());
            List<RegressionResult> results = shots.stream()
                    .map(shot -> test.result(shot, tasks, RunEvaluation.SEED))
                    .toList();
            return FunctionTrials.method(method, run, experiment, results);
        }
    }
}
