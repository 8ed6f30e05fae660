package io.fewshot4j.cli.run;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.HeadData;
import io.fewshot4j.catalog.HeadTests;
import io.fewshot4j.catalog.Heads;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.head.Head;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.Words;
import io.fewshot4j.report.console.ProgressLine;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.JobWatch;
import io.fewshot4j.training.Workers;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/**
 * Heads on a run's embedding, named or chosen by validation.
 *
 * @param chosenBy accuracies of all heads in validation, the best first; none where heads were named
 */
public record HeadTrials(List<EvaluationResult> chosenBy, List<EvaluationResult> results) {
    private static final String NAMES =
            "on the run's embedding in place of its own: " + String.join(", ", Heads.ALL.keySet()) + ", or auto";

    /** {@code --head} of a command that tests any number of them. */
    public static final Option SEVERAL =
            Flags.values("head", "NAME", "classifiers " + NAMES + ", the best by validation");

    /** {@code --head} of a command that takes one. */
    public static final Option ONE =
            Flags.value("head", "NAME", "a classifier " + NAMES + ", the best by validation on --data");

    /** No head was asked for. */
    public static final HeadTrials NONE = new HeadTrials(List.of(), List.of());

    public HeadTrials {
        chosenBy = List.copyOf(chosenBy);
        results = List.copyOf(results);
    }

    /** Names that {@code --head} gives; none without it. */
    public static List<String> names(CommandLine flags) throws ParseException {
        if (!flags.hasOption("head")) {
            return List.of();
        }
        List<String> names = List.of(flags.getOptionValues("head"));
        if (names.contains(HeadTests.AUTO) && names.size() > 1) {
            throw new ParseException("--head must be auto alone or names, got " + String.join(" ", names));
        }
        if (flags.hasOption("statistics")) {
            throw new ParseException(
                    "--statistics must not stand beside --head, whose features take running statistics");
        }
        names.stream().filter(name -> !name.equals(HeadTests.AUTO)).forEach(Heads::of);
        return names;
    }

    /** Shows how far its jobs are on the console. */
    public static JobWatch watch(Console console) {
        return (job, things, total) -> {
            ProgressLine line = ProgressLine.counting(console.progress(), job, things, total);
            return new JobWatch.Job() {
                @Override
                public void advance(int more) {
                    line.advance(more);
                }

                @Override
                public void close() {
                    line.close();
                }
            };
        };
    }

    /**
     * The head that classifies for a run; one that takes a centre takes it from {@code --data}, where that is given.
     *
     * @throws ParseException if it is to be chosen and there are no data to choose by
     */
    public static Named one(Experiment experiment, Model model, CommandLine flags, Console console)
            throws ParseException {
        String name = names(flags).get(0);
        boolean auto = name.equals(HeadTests.AUTO);
        if (!flags.hasOption("data") && experiment.needsPath()) {
            if (auto) {
                throw new ParseException("--head auto must stand beside --data, the data to choose by, got none");
            }
            return new Named(name, Heads.of(name));
        }
        SplitDataset data = DataFlags.load(experiment, flags, console);
        try (Workers<Learner> workers =
                new Workers<>(experiment::learner, model, experiment.training().threads())) {
            HeadTests tests = new HeadTests(
                    experiment, workers, new HeadData(data.test(), data.train(), data.validation()), watch(console));
            String chosen = auto ? tests.validate().get(0).head() : name;
            return new Named(chosen, tests.head(chosen));
        }
    }

    /** A head and its name. */
    public record Named(String name, Head head) {}

    /** Tests heads on a split's episodes. */
    public static HeadTrials of(HeadTests tests, Split split, EpisodeList episodes, List<String> names) {
        boolean auto = names.contains(HeadTests.AUTO);
        List<EvaluationResult> chosenBy = auto ? tests.validate() : List.of();
        List<String> chosen = auto ? List.of(chosenBy.get(0).head()) : names;
        return new HeadTrials(chosenBy, tests.evaluate(split, episodes, chosen));
    }

    /** A row for each head. */
    public String text() {
        String choice = chosenBy.isEmpty() ? "" : "chosen by validation:\n" + table(chosenBy) + "\n\n";
        return choice + table(results);
    }

    private static TextTable table(List<EvaluationResult> results) {
        TextTable table = new TextTable(1).row(List.of("head", "accuracy", "protocol"));
        for (EvaluationResult result : results) {
            EvaluationResult.Mode mode = result.modes().get(0);
            table.row(List.of(result.head(), Numbers.percent(mode.accuracy()), Words.protocol(mode.statistics())));
        }
        return table;
    }
}
