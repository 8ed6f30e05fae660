package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.Manifest;
import io.fewshot4j.checkpoint.PackedModel;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.split.KnownClasses;
import io.fewshot4j.report.History;
import io.fewshot4j.report.WholeFiles;
import io.fewshot4j.report.html.ResultsFolder;
import io.fewshot4j.report.table.Json;
import io.fewshot4j.report.table.ModelCard;
import io.fewshot4j.report.table.ResultRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code models pack}: the model of a reproduced experiment as a folder to hand on. */
final class ModelsPackCommand implements Command {
    /** Document of {@code --json}. */
    record Packed(Path path, String preset, long iteration) {}

    @Override
    public String name() {
        return "models pack";
    }

    @Override
    public String summary() {
        return "make a model to hand on of a reproduced experiment: parameters, settings, figures and a card";
    }

    @Override
    public String usage() {
        return "--table DIR --preset NAME --out DIR [--data PATH]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("table", "DIR", "the folder that reproduce filled"))
                .addOption(Flags.value("preset", "NAME", "the experiment"))
                .addOption(Flags.value("out", "DIR", "the model's folder, absent or empty"))
                .addOption(DataFlags.DATA)
                .addOption(DataFlags.CACHE);
    }

    @Override
    public List<String> examples() {
        return List.of("fewshot4j models pack --table results --preset maml/omniglot-5way-1shot --out maml");
    }

    @Override
    public String details() {
        return """
                The model is the best one by validation. Optimiser state and learning curve are left out.
                --data is needed for a run that does not say which classes it was trained on.
                """;
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        Path table = Path.of(Flags.required(flags, "table"));
        String preset = Flags.required(flags, "preset");
        Path out = Path.of(Flags.required(flags, "out"));
        ResultRow row = new ResultsFolder(table, each -> new History())
                .row(preset)
                .filter(ResultRow::measured)
                .orElseThrow(() -> new FewShotException(
                        table + " must hold a result of " + preset + ", but has none; reproduce it first"));
        try (OpenedRun run = Runs.open(table.resolve(preset), CheckpointChoice.BEST)) {
            Manifest manifest = run.checkpoint().manifest();
            requireTested(row, manifest);
            PackedModel.write(out, run.checkpoint(), known(run, manifest, flags, console));
            WholeFiles.write(
                    out,
                    Map.of(
                            "results.json",
                            Json.text(List.of(row)) + "\n",
                            "README.md",
                            ModelCard.markdown(
                                    out.toAbsolutePath().getFileName().toString(), row)));
            long iteration = manifest.progress().iteration();
            console.result(
                    new Packed(out, preset, iteration),
                    "packed " + preset + ", iteration " + iteration + ", in " + out + "; its card is README.md");
        }
        return 0;
    }

    private static void requireTested(ResultRow row, Manifest manifest) {
        long best = manifest.progress().iteration();
        if (row.training().tested() != best) {
            throw new FewShotException(
                    "the result of " + row.claim().preset() + " must be of the run's best model, iteration " + best
                            + ", got iteration " + row.training().tested() + "; reproduce it anew in another folder");
        }
    }

    private static KnownClasses known(OpenedRun run, Manifest manifest, CommandLine flags, Console console)
            throws ParseException {
        var kept = RunFolder.open(run.path()).knownClasses(manifest);
        if (kept.isPresent()) {
            return kept.get();
        }
        SplitDataset data = DataFlags.load(run.experiment(), flags, console);
        String expected = manifest.provenance().dataFingerprint();
        String found = data.train().fingerprint();
        if (!found.equals(expected)) {
            throw new FewShotException(
                    "--data must be what the run was trained on, its training classes with fingerprint " + expected
                            + ", got " + found);
        }
        return KnownClasses.of(data);
    }
}
