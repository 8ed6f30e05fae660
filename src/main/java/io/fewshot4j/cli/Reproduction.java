package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Preset;
import io.fewshot4j.catalog.SavedSettings;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.StopOnInterrupt;
import io.fewshot4j.cli.run.TrainingClock;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.cli.run.TrainingRun;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.training.LearningRateSchedule;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One published experiment, repeated here: trained, selected where there is validation, tested once.
 *
 * @param name the preset's, and its folder's in the table's
 * @param asked the settings that the preset and the user give; others have their defaults
 * @param folder of the run
 * @param budget seconds that training may take, 0 for no limit
 * @param command that repeats it
 */
record Reproduction(String name, Preset preset, Settings asked, Path folder, double budget, String command) {
    Experiment experiment() {
        return Experiment.of(asked);
    }

    /** The name of the data set whose place must be given; functions are drawn. */
    Optional<String> neededData() {
        Experiment experiment = experiment();
        return experiment.needsPath() ? Optional.of(experiment.datasetName()) : Optional.empty();
    }

    private TrainingSettings training() {
        return experiment().training();
    }

    private Settings resumed(Settings saved) {
        Settings now = experiment().settings();
        Set<String> defaults = new HashSet<>(now.keys());
        defaults.removeAll(asked.keys());
        return RunSettings.resumed(
                saved,
                now.without(defaults),
                "the table has one run of " + name + "; choose another --out for other settings");
    }

    /** Whether a row is all that is asked for. */
    boolean isDone(ResultRow row) {
        return row.isFinal(training().iterations(), budget);
    }

    /**
     * Makes sure that a row of the table is of the same run.
     *
     * @throws io.fewshot4j.FewShotException if it has other settings
     */
    void requireSame(ResultRow row) {
        if (row.measured()) {
            resumed(SavedSettings.of(row.settings()));
        }
    }

    /** The row of the table, or nothing where training was interrupted by the user. */
    Optional<ResultRow> run(TrainingData data, Console console) {
        Experiment experiment = experiment();
        boolean begins = !begun();
        Settings settings = begins ? experiment.settings() : resumed();
        RunFolder run = begins ? RunFolder.create(folder) : RunFolder.open(folder);
        TrainingClock clock;
        TrainingRun.Outcome trained;
        try (StopOnInterrupt interrupt = StopOnInterrupt.install(console)) {
            clock = new TrainingClock(folder, budget, interrupt.signal(), InstantSource.system());
            trained = new TrainingRun(Experiment.of(settings), data, run, begins)
                    .train(console, interrupt.signal(), clock);
        }
        if (trained.stopped().reason() == TrainingEvent.Reason.INTERRUPTED && !clock.isUsedUp()) {
            return Optional.empty();
        }
        Instant start = Instant.now().minus(Duration.ofMillis(Math.round(1000 * clock.seconds())));
        FinalTest.Tested tested = new FinalTest(experiment, data, command, start).of(folder, console);
        return Optional.of(new ResultRow(
                claim(),
                "",
                training(trained, clock, tested),
                tested.test(),
                origin(data.name(), data.fingerprint()),
                experiment.settings().asMap()));
    }

    private boolean begun() {
        return !new RunFolder(folder).checkpoints().iterations().isEmpty();
    }

    private Settings resumed() {
        try (Checkpoint latest = RunFolder.open(folder).checkpoints().latest().orElseThrow()) {
            return resumed(SavedSettings.of(latest.manifest().provenance().settings()));
        }
    }

    private ResultRow.Training training(TrainingRun.Outcome trained, TrainingClock clock, FinalTest.Tested tested) {
        TrainingEvent.Stopped stopped = trained.stopped();
        boolean budgeted = stopped.reason() == TrainingEvent.Reason.INTERRUPTED;
        return new ResultRow.Training(
                stopped.iteration(),
                training().iterations(),
                tested.iteration(),
                budgeted ? ResultRow.Training.BUDGET : Kebab.of(stopped.reason()),
                clock.seconds(),
                budget,
                Stream.of(budgeted ? cut(trained) : "", tested.remark())
                        .filter(Predicate.not(String::isEmpty))
                        .collect(Collectors.joining("; ")));
    }

    /** Remark on what a budget has left undone of a schedule that spans the training. */
    private String cut(TrainingRun.Outcome trained) {
        LearningRateSchedule schedule =
                experiment().settings().bind(OptimizerSettings.defaults()).learningRateSchedule();
        List<TrainingEvent.Updated> updates = trained.history().updates();
        if (!schedule.spansTraining() || updates.isEmpty()) {
            return "";
        }
        double first = updates.get(0).learningRate();
        double last = updates.get(updates.size() - 1).learningRate();
        return String.format(
                Locale.ROOT,
                "its %s schedule was cut: the learning rate had come from %.3g to %.3g only; --set iterations=%d would"
                        + " let it end in about this time",
                Kebab.of(schedule),
                first,
                last,
                trained.stopped().iteration());
    }

    /** A row without a figure. */
    ResultRow without(String problem) {
        return ResultRow.without(
                claim(), problem, origin("", ""), experiment().settings().asMap());
    }

    private ResultRow.Claim claim() {
        return new ResultRow.Claim(name, preset.title(), preset.published(), preset.protocol(), preset.source());
    }

    private ResultRow.Origin origin(String dataset, String fingerprint) {
        int cores = Runtime.getRuntime().availableProcessors();
        String machine = Environment.processor() + ", " + Numbers.count(cores) + (cores == 1 ? " core, " : " cores, ")
                + Environment.backend();
        return new ResultRow.Origin(
                machine, Environment.VERSION, dataset, fingerprint, training().seed(), command);
    }
}
