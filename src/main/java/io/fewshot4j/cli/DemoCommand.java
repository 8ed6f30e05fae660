package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.StopOnInterrupt;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.cli.run.TrainingRun;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code demo}: trains on characters drawn from a seed and shows what was learned. */
final class DemoCommand implements Command {
    private static final int EPISODES = 200;

    /** Document of {@code --json}. */
    record Demonstrated(Path run, String checkpoint, EvaluationResult evaluation, Path report) {}

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "learn to tell drawn characters apart, in about two minutes and without any files";
    }

    @Override
    public String usage() {
        return "[--out DIR] [--seed N] [--episodes N] [--set key=value ...]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value(
                        "out", "DIR", "the run's folder; an earlier demo in it is replaced; default fewshot4j-demo"))
                .addOption(Flags.value("seed", "N", "of first parameters and training episodes; default 1"))
                .addOption(Flags.value("episodes", "N", "how many test episodes; default " + EPISODES))
                .addOption(RunSettings.SET);
    }

    @Override
    public List<String> examples() {
        return List.of("fewshot4j demo", "fewshot4j demo --out /tmp/demo --seed 2 --set iterations=100");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        Instant start = Instant.now();
        int episodes = Flags.count(flags, "episodes", 1, EPISODES);
        Experiment experiment = experiment(flags);
        EpisodeShape shape = experiment.testShape();
        console.message("the task: tell " + shape.way() + " characters apart from " + shape.shot()
                + (shape.shot() == 1 ? " drawing" : " drawings") + " of each; chance is " + 100 / shape.way() + " %");
        Path folder = Flags.path(flags, "out").orElse(Path.of("fewshot4j-demo"));
        SplitDataset data = DataFlags.load(experiment, flags, console);
        if (!train(
                new TrainingRun(experiment, TrainingData.of(data), DemoFolder.prepare(folder), true), flags, console)) {
            return 1;
        }
        try (OpenedRun run = Runs.open(folder, CheckpointChoice.BEST)) {
            RunEvaluation evaluation = RunEvaluation.of(run, Settings.none());
            RunEvaluation.Tested tested = evaluation.test(
                    Split.TEST,
                    experiment.testEpisodes(data.test(), episodes, RunEvaluation.SEED),
                    supported -> supported,
                    console);
            RunFacts facts =
                    Reports.facts(experiment, data.name(), data.train().fingerprint(), Flags.line(this, flags), start);
            Path page = evaluation.report(folder.resolve("report"), facts, tested);
            console.result(
                    new Demonstrated(folder, run.checkpointName(), tested.result(), page),
                    "On characters never seen in training (" + run.checkpointName() + "):\n"
                            + EvaluationText.of(tested.result()) + "\nreport: " + page);
        }
        return 0;
    }

    private static Experiment experiment(CommandLine flags) throws ParseException {
        Settings preset = Presets.load("demo").settings();
        long seed = Flags.whole(flags, "seed", Long.MIN_VALUE, 1);
        return Experiment.of(
                RunSettings.of(preset.with(Settings.parse(List.of("seed=" + seed))), RunSettings.given(flags)));
    }

    /** Whether it came to its end. */
    private static boolean train(TrainingRun run, CommandLine flags, Console console) {
        try (StopOnInterrupt interrupt = StopOnInterrupt.install(console)) {
            TrainingEvent.Stopped stopped =
                    run.train(console, interrupt.signal(), event -> {}).stopped();
            boolean interrupted = stopped.reason() == TrainingEvent.Reason.INTERRUPTED;
            if (interrupted) {
                console.message(TrainCommand.next(stopped, run.folder().path(), flags));
            }
            return !interrupted;
        }
    }
}
