package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.catalog.SavedSettings;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.cli.run.RunHistory;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.History;
import io.fewshot4j.report.html.ResultsFolder;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.report.table.ResultsTable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code reproduce}: published experiments from training to a table of published and measured figures. */
final class ReproduceCommand implements Command {
    /** Document of {@code --json}. */
    record Reproduced(List<ResultRow> results, Path page) {}

    @Override
    public String name() {
        return "reproduce";
    }

    @Override
    public String summary() {
        return "train and test presets, and put published and measured figures into one table";
    }

    @Override
    public String usage() {
        return "PRESET ... --data [NAME=]PATH ... [--budget 20m] [--set key=value ...] --out DIR\n"
                + "  fewshot4j reproduce --all --data [NAME=]PATH ... [--budget 20m] --out DIR";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.plain("all", "every preset of a published experiment"))
                .addOption(Flags.value(
                        "budget",
                        "TIME",
                        "wall time that each training may take, such as 90s, 20m or 2h; default none"))
                .addOption(Flags.value("out", "DIR", "the table's folder, with a run's folder for each preset"))
                .addOption(DataPaths.DATA)
                .addOption(DataFlags.CACHE)
                .addOption(RunSettings.SET);
    }

    @Override
    public String details() {
        return """
                Each preset is trained, its best model by validation is tested once on the preset's frozen test episodes, and
                the table in --out (results.md, .csv, .json, index.html) is written anew. The same line typed again goes on
                where it was stopped, however that was: what is in the table is not trained or tested again, and a training
                goes on from its last checkpoint. A training that its budget ended goes on with a larger --budget or none.
                A budget does not change the learning rate: where a linear or cosine schedule is cut, the row says so, and
                --set iterations=N makes it end in time.
                A preset that fails, or has no data, gets a row that says why. --set holds for all presets of the line.
                """;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j reproduce maml/omniglot-5way-1shot --data data/omniglot --budget 20m --out results",
                "fewshot4j reproduce --all --data omniglot=data/omniglot mini-imagenet=data/mini --out results",
                "fewshot4j reproduce --all --data data --budget 1h --out results --set threads=8");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Path out = Path.of(Flags.required(flags, "out"));
        ResultsFolder table = new ResultsFolder(out, row -> curve(out, row));
        Reproductions wanted =
                new Reproductions(wanted(out, flags), table, DataPaths.of(flags), DataFlags.cache(flags));
        wanted.rows()
                .forEach(row -> wanted.all().stream()
                        .filter(one -> one.name().equals(row.claim().preset()))
                        .forEach(one -> one.requireSame(row)));
        console.compute();
        if (!wanted.run(console)) {
            console.message("interrupted; the same line goes on from here");
            return 1;
        }
        List<ResultRow> rows = wanted.rows();
        console.result(new Reproduced(rows, table.page()), text(rows, table.page()));
        return wanted.isGood() ? 0 : 1;
    }

    private List<Reproduction> wanted(Path out, CommandLine flags) throws ParseException {
        boolean all = flags.hasOption("all");
        if (all != flags.getArgList().isEmpty()) {
            throw new ParseException(
                    "presets must be named before the flags, or --all given, got " + (all ? "both" : "neither"));
        }
        double budget = Flags.seconds(flags, "budget");
        Settings given = RunSettings.given(flags);
        List<String> names = all
                ? Stream.of(Presets.published(), Presets.sinusoids())
                        .flatMap(List::stream)
                        .toList()
                : flags.getArgList();
        return names.stream()
                .distinct()
                .map(Presets::find)
                .map(preset -> {
                    String name = folder(preset.name());
                    String command = Flags.line(this, List.of(preset.name()), flags);
                    Reproduction one = new Reproduction(
                            name, preset, asked(preset.settings(), given), out.resolve(name), budget, command);
                    one.experiment(); // refuses what is no setting before anything is trained
                    return one;
                })
                .toList();
    }

    private static Settings asked(Settings preset, Settings given) {
        return RunSettings.of(preset, given);
    }

    /** A preset's folder in the table's: its name, or its file's. */
    private static String folder(String preset) {
        return preset.replaceFirst("^.*[/\\\\](?=[^/\\\\]+\\.ya?ml$)", "").replaceFirst("\\.ya?ml$", "");
    }

    private static History curve(Path out, ResultRow row) {
        RunFolder run = new RunFolder(out.resolve(row.claim().preset()));
        try {
            Experiment experiment = Experiment.of(SavedSettings.of(row.settings()));
            return experiment.learnsFunctions() ? new History() : RunHistory.of(run, experiment.training());
        } catch (FewShotException e) {
            return new History(); // the row tells what is wrong with it
        }
    }

    private static String text(List<ResultRow> rows, Path page) {
        TextTable table = new TextTable(2).row(ResultsTable.titles());
        rows.forEach(row -> table.row(ResultsTable.cells(row)));
        String remarks = String.join("\n", ResultsTable.remarks(rows));
        return table + "\n" + (remarks.isEmpty() ? "" : remarks + "\n") + "table: " + page;
    }
}
