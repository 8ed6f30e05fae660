package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.SavedSettings;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.cli.run.ShippedModels;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.History;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.html.ResultsFolder;
import io.fewshot4j.report.table.ResultRow;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code models}: the trained models that come with the program. */
final class ModelsCommand implements Command {
    /**
     * A model and the results of its test.
     *
     * @param bytes of all its files
     */
    record Shipped(String name, Path path, long bytes, List<ResultRow> results) {}

    @Override
    public String name() {
        return "models";
    }

    @Override
    public String summary() {
        return "list the trained models that come with the program";
    }

    @Override
    public String usage() {
        return "";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public boolean computes() {
        return false;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j models",
                "fewshot4j classify --run models:maml-omniglot-5way-1shot --support my/classes --queries my/new");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        ShippedModels models = ShippedModels.installed();
        List<Shipped> all =
                models.names().stream().map(name -> shipped(models, name)).toList();
        console.result(all, all.isEmpty() ? "there are no models in " + models.folder() : text(all));
        return 0;
    }

    private static Shipped shipped(ShippedModels models, String name) {
        Path path = models.path(name);
        return new Shipped(name, path, models.bytes(name), new ResultsFolder(path, row -> new History()).rows());
    }

    /** Rows of before name no network that is the default. */
    private static String network(ResultRow row) {
        Settings all = Experiment.of(SavedSettings.of(row.settings())).settings();
        return all.get("network").orElse("its own");
    }

    private static String text(List<Shipped> all) {
        TextTable table = new TextTable(3).row("--run", "trained as", "network", "transductive", "inductive", "size");
        for (Shipped model : all) {
            for (ResultRow row : model.results()) {
                table.row(
                        "models:" + model.name(),
                        row.claim().title(),
                        network(row),
                        row.figure(true),
                        row.figure(false),
                        Numbers.bytes(model.bytes()));
            }
        }
        return table + "\nA model's folder in " + all.get(0).path().getParent()
                + " says how it was trained and tested.";
    }
}
