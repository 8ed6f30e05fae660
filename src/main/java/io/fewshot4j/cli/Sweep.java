package io.fewshot4j.cli;

import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.StopOnInterrupt;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.options.Settings;
import io.fewshot4j.options.SettingsFile;
import io.fewshot4j.report.FolderLock;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.WholeFiles;
import io.fewshot4j.report.html.SweepFolder;
import io.fewshot4j.report.table.TrialRow;
import io.fewshot4j.sweep.Halving;
import io.fewshot4j.sweep.SweepPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Trials of a search, trained rung by rung, each in a folder of its own. */
final class Sweep {
    /** Settings that may be others when a sweep goes on: no result depends on them. */
    private static final List<String> FREE = List.of("threads", "prefetch", "checkpoint-every");

    private final SweepPlan plan;
    private final TrainingData data;
    private final Path out;
    private final SweepFolder folder;
    private final Halving halving;
    private final List<Settings> trials;

    /** @param command that makes the table again */
    Sweep(SweepPlan plan, TrainingData data, Path out, String command) {
        this.plan = plan;
        this.data = data;
        this.out = out;
        this.trials = plan.trials();
        this.halving = plan.halving();
        this.folder = new SweepFolder(out, SweepFacts.view(plan, data, command), this::ranked);
    }

    SweepFolder folder() {
        return folder;
    }

    /** The folder of a trial's run. */
    Path run(TrialRow row) {
        return out.resolve("trials").resolve(String.format(Locale.ROOT, "%04d", row.trial()));
    }

    /**
     * Trains until no trial is due any more, from where an earlier call has stopped; what failed is tried again.
     *
     * @return whether it came to the end; the user may have interrupted it
     * @throws io.fewshot4j.FewShotException if the folder holds another sweep, or another process is at work in it
     */
    boolean run(Console console) {
        return FolderLock.alone(out.resolve("trials"), () -> {
            keepPlan();
            try (StopOnInterrupt interrupt = StopOnInterrupt.install(console)) {
                return train(interrupt, console);
            }
        });
    }

    private void keepPlan() {
        Path file = out.resolve("sweep.yaml");
        Settings now = plan.settings().with(Settings.of(Map.of("data-fingerprint", data.fingerprint())));
        if (Files.exists(file)) {
            RunSettings.requireUnchanged(
                    SettingsFile.read(file),
                    now.without(FREE),
                    "the folder has one sweep; choose another --out for other settings");
        } else {
            WholeFiles.write(file, SettingsFile.format(now));
        }
    }

    private boolean train(StopOnInterrupt interrupt, Console console) {
        List<TrialRow> rows = new ArrayList<>(IntStream.rangeClosed(1, trials.size())
                .mapToObj(trial -> new TrialRow(trial, trials.get(trial - 1).asMap(), List.of(), 0, ""))
                .toList());
        folder.rows().forEach(row -> rows.set(row.trial() - 1, row.failed("", row.seconds())));
        List<Integer> due = due(rows);
        while (!due.isEmpty()) {
            Optional<TrialRow> row = train(rows.get(due.get(0)), interrupt, console);
            if (row.isEmpty()) {
                return false;
            }
            rows.set(due.get(0), row.get());
            folder.put(row.get());
            due = due(rows);
        }
        return true;
    }

    private List<Integer> due(List<TrialRow> rows) {
        return halving.due(rows.stream().map(TrialRow::scores).toList());
    }

    private Optional<TrialRow> train(TrialRow row, StopOnInterrupt interrupt, Console console) {
        long rung = halving.rungs().get(row.rungs().size());
        console.note("trial " + row.trial() + " of " + trials.size() + " to iteration " + Numbers.count(rung) + ": "
                + SweepCommand.words(row.settings()));
        return new SweepTrial(plan.experiment(trials.get(row.trial() - 1)), data, run(row))
                .train(row, rung, interrupt.signal(), console);
    }

    private List<TrialRow> ranked(List<TrialRow> rows) {
        return Halving.ranking(rows.stream().map(TrialRow::scores).toList()).stream()
                .map(rows::get)
                .toList();
    }
}
