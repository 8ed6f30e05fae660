package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.cli.run.RunHistory;
import io.fewshot4j.report.html.Comparison;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code compare}: the curves of several runs in one chart. */
final class CompareCommand implements Command {
    /** Document of {@code --json}: how each run came on, and each setting that differs, by run. */
    record Compared(List<Row> runs, Map<String, List<String>> differences, Path page) {}

    /** One run. */
    record Row(Path run, int iterations, List<TrainingEvent.Validated> validations) {}

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String summary() {
        return "put the curves of several runs into one chart, with the settings that differ";
    }

    @Override
    public String usage() {
        return "RUN RUN ... [--out FILE.html]";
    }

    @Override
    public Options options() {
        return new Options().addOption(Flags.value("out", "FILE.html", "the page; default comparison.html"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j compare runs/maml runs/fomaml",
                "fewshot4j compare runs/rate-0.1 runs/rate-0.4 runs/rate-2 --out rates.html");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        List<Path> paths = flags.getArgList().stream().map(Path::of).toList();
        if (paths.size() < 2) {
            throw new ParseException("there must be two runs or more to compare, got " + paths.size());
        }
        Path page = Flags.path(flags, "out").orElse(Path.of("comparison.html"));
        int parts = distinctive(paths);
        Comparison comparison = new Comparison(
                paths.stream().map(path -> opened(path, end(path, parts))).toList());
        comparison.write(page);
        List<Row> rows = comparison.runs().stream()
                .map(run -> new Row(
                        paths.get(comparison.runs().indexOf(run)),
                        run.history().updates().size(),
                        run.history().validations()))
                .toList();
        console.result(new Compared(rows, comparison.differences(), page), text(comparison, page));
        return 0;
    }

    /** Number of last names by which the paths all differ, as far as they do. */
    private static int distinctive(List<Path> paths) {
        int longest = paths.stream().mapToInt(Path::getNameCount).max().orElse(1);
        return IntStream.rangeClosed(1, longest)
                .filter(parts ->
                        paths.stream().map(path -> end(path, parts)).distinct().count() == paths.size())
                .findFirst()
                .orElse(longest);
    }

    private static String end(Path path, int parts) {
        int count = path.getNameCount();
        return path.subpath(Math.max(0, count - parts), count).toString();
    }

    private static Comparison.Run opened(Path path, String name) {
        try (OpenedRun run = Runs.open(path, CheckpointChoice.LATEST)) {
            Experiment experiment = run.experiment();
            return new Comparison.Run(
                    name, experiment.settings().asMap(), RunHistory.of(RunFolder.open(path), experiment.training()));
        }
    }

    private static String text(Comparison comparison, Path page) {
        TextTable runs = new TextTable(1).row(Comparison.titles());
        comparison.summary().forEach(runs::row);
        String warning =
                comparison.warning().map(line -> "note: " + line + "\n").orElse("");
        List<String> differences = comparison.differences().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()) + "\n")
                .toList();
        return runs + "\n" + warning + String.join("", differences) + "page: " + page;
    }
}
