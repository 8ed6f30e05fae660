package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Preset;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.ResultRow;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.training.LearningRateSchedule;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One published experiment, repeated here: trained, selected by validation, tested once.
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

    private Settings resumed(Settings saved) {
        Set<String> defaults = new HashSet<>(experiment().settings().keys());
        defaults.removeAll(asked.keys());
        return RunSettings.resumed(saved, experiment().settings().without(defaults), wayOut());
    }

    private String wayOut() {
        return "the table has one run of " + name + "; choose another --out for other settings";
    }

    /** Whether a row is all that is asked for. */
    boolean isDone(ResultRow row) {
        return row.isFinal(experiment().training().iterations(), budget);
    }

    /**
     * Makes sure that a row of the table is of the same run.
     *
     * @throws io.fewshot4j.FewShotException if it has other settings
     */
    void requireSame(ResultRow row) {
        if (row.measured()) {
            resumed(Settings.of(row.settings()));
        }
    }

    /** The row of the table, or nothing where training was interrupted by the user. */
    Optional<ResultRow> run(SplitDataset data, Console console) {
        Experiment current = begun() ? resumed() : experiment();
        RunFolder run = begun() ? RunFolder.open(folder) : RunFolder.create(folder);
        TrainingClock clock;
        TrainingRun.Outcome trained;
        try (StopOnInterrupt interrupt = StopOnInterrupt.install(console)) {
            clock = new TrainingClock(folder, budget, interrupt.signal(), InstantSource.system());
            trained = new TrainingRun(current, data, run).train(console, interrupt.signal(), clock);
        }
        boolean stopped = trained.stopped().reason() == TrainingEvent.Reason.INTERRUPTED;
        return stopped && !clock.isUsedUp() ? Optional.empty() : Optional.of(test(data, trained, clock, console));
    }

    private boolean begun() {
        return !new RunFolder(folder).checkpoints().iterations().isEmpty();
    }

    private Experiment resumed() {
        try (OpenedRun run = Runs.open(folder, CheckpointChoice.LATEST)) {
            return Experiment.of(resumed(run.experiment().settings()));
        }
    }

    private ResultRow test(SplitDataset data, TrainingRun.Outcome trained, TrainingClock clock, Console console) {
        Instant start = Instant.now().minusMillis(Math.round(1000 * clock.seconds()));
        try (OpenedRun run = Runs.open(folder, CheckpointChoice.BEST)) {
            RunEvaluation evaluation = RunEvaluation.of(run, Settings.none());
            EpisodeList episodes = experiment()
                    .testEpisodes(data.test(), experiment().episodes().testEpisodes(), RunEvaluation.SEED);
            RunEvaluation.Tested tested = evaluation.test(Split.TEST, episodes, Reproduction::statistics, console);
            String fingerprint = data.train().fingerprint();
            RunFacts facts = Reports.facts(experiment(), data.name(), fingerprint, command, start);
            evaluation.report(folder.resolve("report"), facts, tested);
            return new ResultRow(
                    claim(),
                    "",
                    training(trained, clock, run),
                    ResultRow.Test.of(tested.result()),
                    origin(data.name(), fingerprint),
                    experiment().settings().asMap());
        }
    }

    /** The transductive kind, and one inductive kind: running averages where the learner keeps them. */
    private static Set<BatchStatistics> statistics(Set<BatchStatistics> supported) {
        Set<BatchStatistics> chosen = EnumSet.copyOf(supported);
        if (supported.contains(BatchStatistics.RUNNING)) {
            chosen.remove(BatchStatistics.SUPPORT_AND_ONE_QUERY);
        }
        return chosen;
    }

    private ResultRow.Training training(TrainingRun.Outcome trained, TrainingClock clock, OpenedRun tested) {
        TrainingEvent.Stopped stopped = trained.stopped();
        boolean budgeted = stopped.reason() == TrainingEvent.Reason.INTERRUPTED;
        String unselected =
                tested.checkpoint().manifest().progress().isBest() ? "" : "not validated: the last model was tested";
        return new ResultRow.Training(
                stopped.iteration(),
                experiment().training().iterations(),
                tested.checkpoint().manifest().progress().iteration(),
                budgeted ? ResultRow.Training.BUDGET : Kebab.of(stopped.reason()),
                clock.seconds(),
                budget,
                List.of(budgeted ? cut(trained) : "", unselected).stream()
                        .filter(text -> !text.isEmpty())
                        .reduce((one, other) -> one + "; " + other)
                        .orElse(""));
    }

    /** What a budget has left undone of a schedule that spans the training. */
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
                machine,
                Environment.VERSION,
                dataset,
                fingerprint,
                experiment().training().seed(),
                command);
    }
}
