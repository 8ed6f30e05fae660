package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.Split;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.ReportWriter;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code demo}: trains on characters drawn from a seed and shows what was learned. */
final class DemoCommand implements Command {
    private static final int EPISODES = 200;
    private static final int PICTURES = 2;

    /** What {@code --json} prints. */
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
        return "[--out DIR] [--seed N] [--set key=value ...]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("out", "DIR", "the run's folder; an earlier demo in it is replaced; default fewshot4j-demo"))
                .addOption(Flags.value("seed", "N", "of first parameters and training episodes; default 1"))
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
        Settings given = RunSettings.given(flags);
        if (flags.hasOption("seed")) {
            long seed = Flags.whole(flags, "seed", Long.MIN_VALUE, 1);
            given = Settings.of(Map.of("seed", Long.toString(seed))).with(given);
        }
        Experiment experiment =
                Experiment.of(RunSettings.of(Presets.load("demo").settings(), given));
        console.message("the task: tell " + experiment.testShape().way() + " characters apart after seeing "
                + experiment.testShape().shot() + " drawing of each; chance is "
                + 100 / experiment.testShape().way() + " %");
        TrainingRun run = new TrainingRun(
                experiment,
                DataFlags.load(experiment, flags, console),
                DemoFolder.prepare(Flags.path(flags, "out").orElse(Path.of("fewshot4j-demo"))));
        TrainingRun.Outcome outcome;
        try (StopOnInterrupt interrupt = StopOnInterrupt.install(console)) {
            outcome = run.train(console, interrupt.signal());
            if (outcome.stopped().reason() == TrainingEvent.Reason.INTERRUPTED) {
                console.message(TrainCommand.next(outcome.stopped(), run.folder().path(), flags));
                return 1;
            }
        }
        show(run, outcome, Flags.line(this, flags), start, console);
        return 0;
    }

    private static void show(
            TrainingRun run, TrainingRun.Outcome outcome, String command, Instant start, Console console) {
        Experiment experiment = run.experiment();
        Path folder = run.folder().path();
        try (OpenedRun trained = Runs.open(folder, CheckpointChoice.BEST)) {
            EpisodeList episodes = experiment.testEpisodes(run.data().test(), EPISODES, EvaluateCommand.SEED);
            Scoring scoring = new Scoring(
                    experiment::learner, trained.model(), experiment.training().threads());
            EvaluationResult result = scoring.evaluate(Split.TEST, episodes, console);
            RunReport report = new RunReport(
                    Reports.facts(experiment, run.data().train().fingerprint(), command, start),
                    outcome.history(),
                    List.of(result),
                    scoring.pictures(episodes, PICTURES));
            Path page = ReportWriter.write(folder.resolve("report"), report);
            console.result(
                    new Demonstrated(folder, trained.checkpointName(), result, page),
                    "On characters never seen in training (" + trained.checkpointName() + "):\n"
                            + EvaluationText.of(result) + "\nreport: " + page);
        }
    }
}
