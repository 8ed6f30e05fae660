package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Preset;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.StopOnInterrupt;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.cli.run.TrainingRun;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.report.html.ReportWriter;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code train}: a new run, or more of one. */
final class TrainCommand implements Command {
    /** Document of {@code --json}. */
    record Trained(
            Path run,
            long iteration,
            TrainingEvent.Reason ended,
            List<TrainingEvent.Validated> validations,
            Path report) {}

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String summary() {
        return "train a model as a preset says, or go on with a run";
    }

    @Override
    public String usage() {
        return "--preset NAME --data PATH [--set key=value ...] --out RUN\n"
                + "  fewshot4j train --resume RUN [--data PATH] [--set iterations=N ...]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("preset", "NAME", "a name from 'fewshot4j presets', or a YAML file like one"))
                .addOption(Flags.value("out", "RUN", "the new run's folder: checkpoints, learning curve, report"))
                .addOption(Flags.value("resume", "RUN", "go on with this run from its latest checkpoint"))
                .addOption(DataFlags.DATA)
                .addOption(DataFlags.CACHE)
                .addOption(RunSettings.SET);
    }

    @Override
    public String details() {
        return SettingsHelp.text();
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j train --preset maml/omniglot-5way-1shot --data data/omniglot --out runs/maml",
                "fewshot4j train --preset sinusoid/maml-10shot --out runs/sinusoid",
                "fewshot4j train --preset demo --set iterations=200 filters=16 --out runs/small",
                "fewshot4j train --preset maml/omniglot-5way-1shot --set dataset=images --data my-images --out runs/mine",
                "fewshot4j train --resume runs/maml --data data/omniglot --set iterations=80000");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        Instant start = Instant.now();
        TrainingRun run = flags.hasOption("resume") ? resumed(flags, console) : begun(flags, console);
        try (StopOnInterrupt interrupt = StopOnInterrupt.install(console)) {
            TrainingRun.Outcome outcome = run.train(console, interrupt.signal(), event -> {});
            RunReport report = new RunReport(
                    Reports.facts(
                            run.experiment(),
                            run.data().name(),
                            run.data().fingerprint(),
                            Flags.line(this, flags),
                            start),
                    outcome.history(),
                    List.of(),
                    outcome.pictures());
            Path folder = run.folder().path();
            Path page = ReportWriter.write(folder.resolve("report"), report);
            TrainingEvent.Stopped stopped = outcome.stopped();
            console.result(
                    new Trained(
                            folder,
                            stopped.iteration(),
                            stopped.reason(),
                            outcome.history().validations(),
                            page),
                    "report: " + page + "\n" + next(stopped, folder, flags));
        }
        return 0;
    }

    private TrainingRun begun(CommandLine flags, Console console) throws ParseException {
        if (!flags.hasOption("preset")) {
            throw new ParseException("--preset or --resume must be given, got none");
        }
        Path out = Path.of(Flags.required(flags, "out"));
        Preset preset = Presets.find(Flags.required(flags, "preset"));
        Experiment experiment = Experiment.of(RunSettings.of(preset.settings(), RunSettings.given(flags)));
        TrainingData data = TrainingData.load(experiment, flags, console);
        return new TrainingRun(experiment, data, RunFolder.create(out), true);
    }

    private TrainingRun resumed(CommandLine flags, Console console) throws ParseException {
        if (flags.hasOption("preset") || flags.hasOption("out")) {
            throw new ParseException("--resume goes on with a run as it is, without --preset and --out");
        }
        Path path = Path.of(Flags.required(flags, "resume"));
        Settings settings;
        try (OpenedRun run = Runs.open(path, CheckpointChoice.LATEST)) {
            settings = RunSettings.resumed(
                    run.experiment().settings(),
                    RunSettings.given(flags),
                    "train anew with --preset and --out for others");
        }
        Experiment experiment = Experiment.of(settings);
        return new TrainingRun(experiment, TrainingData.load(experiment, flags, console), RunFolder.open(path), false);
    }

    /** Command to type next. */
    static String next(TrainingEvent.Stopped stopped, Path run, CommandLine flags) {
        String more = Flags.quoted(run.toString())
                + Flags.optional(flags, "data")
                        .map(data -> " --data " + Flags.quoted(data))
                        .orElse("");
        return stopped.reason() == TrainingEvent.Reason.INTERRUPTED
                ? "interrupted; to go on: fewshot4j train --resume " + more
                : "to test it: fewshot4j evaluate --run " + more;
    }
}
