package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.OneShotEpisodes;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.cli.run.ShippedModels;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.omniglot.OneShotRuns;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.training.EvaluationResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.ParseException;

/** {@code evaluate --protocol lake}: Lake's fixed trials, by a model that has not seen their alphabets. */
record LakeTrials(EvaluateCommand command) {
    private static final String DATASET = "omniglot one-shot runs";

    /** The accuracy of one run under each choice of batch statistics. */
    record Trial(String run, Map<String, Double> accuracy) {}

    /** Document of {@code --json}. */
    record Trials(
            Path run,
            String checkpoint,
            String learner,
            String dataset,
            List<Trial> runs,
            EvaluationResult evaluation,
            Path report) {}

    int run(CommandLine flags, Console console) throws ParseException {
        for (String other : List.of("data", "cache", "split", "episodes", "seed")) {
            if (flags.hasOption(other)) {
                throw new ParseException("--protocol lake has its own fixed trials: leave out --" + other);
            }
        }
        Instant start = Instant.now();
        Path path = ShippedModels.run(Flags.required(flags, "run"));
        try (OpenedRun run = Runs.open(path, CheckpointChoice.of(flags.getOptionValue("checkpoint", "best")))) {
            requireBackground(run.experiment(), console::message);
            OneShotRuns trials = OneShotRuns.read(
                    Path.of(Flags.required(flags, "runs")), run.experiment().decoder());
            Settings episodes = Settings.parse(
                    List.of("way=" + trials.way(), "shot=1", "test-query=1", "test-episode-rotation=none"));
            RunEvaluation evaluation =
                    RunEvaluation.of(run, RunSettings.given(flags).with(episodes));
            console.compute();
            EpisodeList list =
                    OneShotEpisodes.of(trials, evaluation.asked().episodes().normalisation());
            RunEvaluation.Tested tested = evaluation.test(Split.TEST, list, supported -> supported, console);
            RunFacts facts = Reports.facts(
                    evaluation.asked(), DATASET, trials.images().fingerprint(), Flags.line(command, flags), start);
            Path page = evaluation.report(EvaluateCommand.out(flags, path, "lake"), facts, tested);
            EvaluationResult result = tested.result();
            List<Trial> runs = trials(trials.names(), result);
            console.result(
                    new Trials(path, run.checkpointName(), run.experiment().learnerName(), DATASET, runs, result, page),
                    table(runs) + "\n" + EvaluateCommand.text(run, DATASET, EvaluationText.of(result), page));
        }
        return 0;
    }

    /** Refuses a model that was trained on evaluation alphabets; tells where that is unknown. */
    static void requireBackground(Experiment trained, Consumer<String> told) {
        String split = trained.settings().get("class-split").orElse("");
        if (!trained.datasetName().equals("omniglot")) {
            told.accept("note: the model was trained on " + trained.datasetName()
                    + ": whether it has seen Omniglot's evaluation alphabets cannot be told from its settings");
        } else if (!split.equals("background-evaluation")) {
            throw new FewShotException("class-split must be background-evaluation for --protocol lake, got " + split
                    + ": the model was trained on characters of the evaluation alphabets; train one with --set"
                    + " class-split=background-evaluation");
        }
    }

    private static List<Trial> trials(List<String> names, EvaluationResult result) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Map<String, Double> accuracy = new LinkedHashMap<>();
            for (EvaluationResult.Mode mode : result.modes()) {
                accuracy.put(
                        Kebab.of(mode.statistics()), mode.accuracyByEpisode().get(i));
            }
            trials.add(new Trial(names.get(i), accuracy));
        }
        return trials;
    }

    private static TextTable table(List<Trial> trials) {
        List<String> head = new ArrayList<>(List.of("run"));
        head.addAll(trials.get(0).accuracy().keySet());
        TextTable table = new TextTable(1).row(head);
        for (Trial trial : trials) {
            List<String> row = new ArrayList<>(List.of(trial.run()));
            trial.accuracy().values().forEach(accuracy -> row.add(Numbers.percent(accuracy)));
            table.row(row);
        }
        return table;
    }
}
