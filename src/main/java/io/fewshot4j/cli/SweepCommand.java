package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.options.SettingsFile;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.table.TrialRow;
import io.fewshot4j.report.table.TrialsTable;
import io.fewshot4j.sweep.SweepPlan;
import io.fewshot4j.sweep.SweepSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code sweep}: trials of several settings, compared by validation. */
final class SweepCommand implements Command {
    private static final int SHOWN = 10;

    /** Document of {@code --json}: the trials with the best first. */
    record Swept(List<TrialRow> trials, Path bestRun, Path page) {}

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String summary() {
        return "search settings by validation: grid or random, with successive halving";
    }

    @Override
    public String usage() {
        return "FILE.yaml --data PATH [--set key=value ...] --out DIR";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("out", "DIR", "the table's folder, with a run's folder for each trial"))
                .addOption(DataFlags.DATA)
                .addOption(DataFlags.CACHE)
                .addOption(Flags.values("set", "key=value", "settings in place of the file's"));
    }

    @Override
    public String details() {
        return """
                The file is flat YAML: a preset, how to search, and settings as in a preset. A setting with several values is
                searched; the others hold for all trials.

                  preset: demo
                  search: random
                  trials: 27
                  first-iterations: 100
                  inner-learning-rate: 0.05 to 2, log
                  filters: 16 | 32 | 64
                  iterations: 900

                A range goes from one number to another; log draws by ratio, and a grid needs to know how many values it has:
                0.05 to 2, log, 5 values. With first-iterations each trial is trained so far, one in reduction goes on to
                reduction times as many iterations, and so on to the end (successive halving with the rungs of ASHA, Li et al.
                2020). Trials are compared by their best validation so far; test classes are never seen.
                The same line typed again goes on where it was stopped, however that was; a trial that failed is tried again.

                """ + SettingsHelp.section("Search", SweepSettings.defaults());
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j sweep search.yaml --data data/omniglot --out sweeps/maml",
                "fewshot4j sweep search.yaml --out sweeps/small --set search=random trials=5 'filters=8 | 16'");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Path file = Path.of(Flags.argument(flags, "file of the search"));
        Path out = Path.of(Flags.required(flags, "out"));
        SweepPlan plan = SweepPlan.of(SettingsFile.read(file).with(RunSettings.given(flags)));
        Experiment first = plan.experiment(plan.trials().get(0));
        TrainingData data = TrainingData.load(first, flags, console);
        Sweep sweep = new Sweep(plan, data, out, Flags.line(this, flags));
        console.compute();
        if (!sweep.run(console)) {
            console.message("interrupted; the same line goes on from here");
            return 1;
        }
        TrialsTable table = sweep.folder().table();
        TrialRow best = table.rows().get(0);
        console.result(
                new Swept(table.rows(), sweep.run(best), sweep.folder().page()),
                text(table) + "\n" + next(best, sweep, flags) + "\ntable: "
                        + sweep.folder().page());
        return best.last().isPresent() ? 0 : 1;
    }

    private static String text(TrialsTable table) {
        TextTable text = new TextTable(1).row(table.titles());
        table.rows().stream().limit(SHOWN).map(table::cells).forEach(text::row);
        int more = table.rows().size() - SHOWN;
        return text + (more > 0 ? "\nand " + more + " more in the table" : "");
    }

    private static String next(TrialRow best, Sweep sweep, CommandLine flags) {
        if (best.last().isEmpty()) {
            return "no trial was validated: " + best.problem();
        }
        String data = Flags.optional(flags, "data")
                .map(path -> " --data " + Flags.quoted(path))
                .orElse("");
        return "best: trial " + best.trial() + ", "
                + Numbers.percent(
                        best.last().get().accuracy(), best.last().get().halfWidth()) + ", with "
                + words(best.settings()) + "\nto test it: fewshot4j evaluate --run "
                + Flags.quoted(sweep.run(best).toString()) + data;
    }

    static String words(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }
}
