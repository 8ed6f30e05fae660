package io.fewshot4j.cli;

import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.training.EvaluationResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code evaluate}: a run's accuracy on episodes that are the same whenever it is asked. */
final class EvaluateCommand implements Command {
    /** What {@code --json} prints: the same for the same run, data and flags. */
    record Evaluated(
            Path run,
            String checkpoint,
            String learner,
            String dataset,
            boolean dataAsInTraining,
            EvaluationResult evaluation,
            Path report) {}

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String summary() {
        return "measure a run's accuracy, transductive and inductive";
    }

    @Override
    public String usage() {
        return "--run RUN --data PATH [--split test] [--episodes 600] [--seed " + RunEvaluation.SEED
                + "] [--checkpoint best] [--out DIR] [--set key=value ...]\n  fewshot4j evaluate --run RUN --protocol lake --runs ZIP";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("run", "RUN", "the folder that train made"))
                .addOption(DataFlags.DATA)
                .addOption(DataFlags.CACHE)
                .addOption(
                        Flags.value(
                                "protocol",
                                "episodes|lake",
                                "episodes drawn from --data (the default), or Lake's 20-way one-shot trials within an alphabet"))
                .addOption(Flags.value("runs", "ZIP", "Lake's one-shot-all_runs.zip, for --protocol lake"))
                .addOption(Flags.value("split", "SPLIT", "test, validation or train"))
                .addOption(Flags.value("episodes", "N", "how many episodes; default 600"))
                .addOption(Flags.value("seed", "N", "draws the episodes; default " + RunEvaluation.SEED))
                .addOption(Flags.value("checkpoint", "WHICH", "best (by validation; the default) or latest"))
                .addOption(Flags.value("out", "DIR", "the report's folder; default RUN/evaluation-SPLIT"))
                .addOption(Flags.values(
                        "set",
                        "key=value",
                        String.join(", ", RunEvaluation.EPISODES) + " or " + String.join(", ", RunEvaluation.OTHERS)
                                + ", in place of the run's"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j evaluate --run runs/maml --data data/omniglot",
                "fewshot4j evaluate --run runs/maml --data data/omniglot --split validation --episodes 100 --json",
                "fewshot4j evaluate --run runs/protonet --data data/omniglot --set way=20 shot=5 test-query=5",
                "fewshot4j evaluate --run runs/protonet --protocol lake --runs data/omniglot/one-shot-all_runs.zip");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        boolean lake =
                Flags.word(flags, "protocol", List.of("episodes", "lake")).equals("lake");
        if (flags.hasOption("runs") != lake) {
            throw new ParseException("--runs ZIP and --protocol lake must be given together");
        }
        return lake ? new LakeTrials(this).run(flags, console) : episodes(flags, console);
    }

    private int episodes(CommandLine flags, Console console) throws ParseException {
        Instant start = Instant.now();
        Path path = Path.of(Flags.required(flags, "run"));
        Split split = split(flags);
        int count = Math.toIntExact(Flags.whole(flags, "episodes", 1, 600));
        long seed = Flags.whole(flags, "seed", Long.MIN_VALUE, RunEvaluation.SEED);
        try (OpenedRun run = Runs.open(path, CheckpointChoice.of(flags.getOptionValue("checkpoint", "best")))) {
            RunEvaluation evaluation = RunEvaluation.of(run, RunSettings.given(flags));
            SplitDataset data = DataFlags.load(evaluation.asked(), flags, console);
            boolean same = warnOfOtherData(run, data, console);
            console.compute();
            EpisodeList episodes = evaluation.asked().testEpisodes(data.of(split), count, seed);
            RunEvaluation.Tested tested = evaluation.test(episodes, split, console);
            RunFacts facts = Reports.facts(
                    evaluation.asked(), data.name(), data.train().fingerprint(), Flags.line(this, flags), start);
            Path page = evaluation.report(out(flags, path, split), facts, tested);
            String dataset = data.name();
            console.result(
                    new Evaluated(
                            run.path(),
                            run.checkpointName(),
                            run.experiment().learnerName(),
                            dataset,
                            same,
                            tested.result(),
                            page),
                    text(run, dataset, tested.result(), page));
        }
        return 0;
    }

    static String text(OpenedRun run, String dataset, EvaluationResult result, Path page) {
        return run.experiment().learnerName() + " of " + run.path() + ", " + run.checkpointName() + ", on " + dataset
                + "\n" + EvaluationText.of(result) + "\nreport: " + page;
    }

    private static Split split(CommandLine flags) throws ParseException {
        String word = Flags.word(flags, "split", List.of("test", "validation", "train"));
        return Split.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Path out(CommandLine flags, Path run, Split split) {
        return Flags.path(flags, "out").orElseGet(() -> run.resolve("evaluation-" + Kebab.of(split)));
    }

    private static boolean warnOfOtherData(OpenedRun run, SplitDataset data, Console console) {
        String trained = run.checkpoint().manifest().provenance().dataFingerprint();
        String found = data.train().fingerprint();
        if (!trained.equals(found)) {
            console.message("note: the run was trained on other data: its training classes have fingerprint " + trained
                    + ", those here " + found);
        }
        return trained.equals(found);
    }
}
