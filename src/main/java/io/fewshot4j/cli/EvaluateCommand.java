package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.HeadData;
import io.fewshot4j.catalog.TestEpisodes;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.HeadTrials;
import io.fewshot4j.cli.run.Scoring;
import io.fewshot4j.cli.run.ShippedModels;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.split.KnownClasses;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.training.EvaluationResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code evaluate}: a run's accuracy on episodes that are the same whenever it is asked. */
final class EvaluateCommand implements Command {
    /** Document of {@code --json}: equal for equal run, data and flags. */
    record Evaluated(
            Path run,
            String checkpoint,
            String learner,
            String dataset,
            boolean dataAsInTraining,
            String part,
            int classes,
            EvaluationResult evaluation,
            HeadTrials heads,
            Path report) {}

    private static final List<String> STATISTICS =
            Stream.of(BatchStatistics.values()).map(Kebab::of).toList();

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String summary() {
        return "measure a run's accuracy, transductive and inductive, or its errors on functions";
    }

    @Override
    public String usage() {
        return "--run RUN --data PATH [--split test] [--episodes N] [--seed " + RunEvaluation.SEED
                + "] [--checkpoint best]\n     [--statistics KIND ...] [--head NAME ...] [--out DIR] [--set key=value ...]"
                + "\n  fewshot4j evaluate --run RUN --protocol lake --runs ZIP";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("run", "RUN", "the folder that train made, or models:NAME"))
                .addOption(DataFlags.DATA)
                .addOption(DataFlags.CACHE)
                .addOption(
                        Flags.value(
                                "protocol",
                                "episodes|lake",
                                "episodes drawn from --data (the default), or Lake's 20-way one-shot trials within an alphabet"))
                .addOption(Flags.value("runs", "ZIP", "Lake's one-shot-all_runs.zip, for --protocol lake"))
                .addOption(Flags.value("split", "SPLIT", "test, validation or train"))
                .addOption(
                        Flags.value("episodes", "N", "how many episodes or functions; default the run's test-episodes"))
                .addOption(Flags.value("seed", "N", "draws the episodes; default " + RunEvaluation.SEED))
                .addOption(Flags.value("checkpoint", "WHICH", "best (by validation; the default) or latest"))
                .addOption(Flags.values(
                        "statistics",
                        "KIND",
                        "batch statistics to score under, of " + String.join(", ", STATISTICS)
                                + "; default all that the learner supports (support-and-one-query is slow with many"
                                + " queries)"))
                .addOption(HeadTrials.SEVERAL)
                .addOption(Flags.value(
                        "out",
                        "DIR",
                        "the report's folder; default RUN/evaluation-SPLIT, of models:NAME evaluation-SPLIT-NAME here;"
                                + " heads-SPLIT with --head"))
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
                "fewshot4j evaluate --run runs/protonet --data data/omniglot --statistics running",
                "fewshot4j evaluate --run runs/protonet --data data/omniglot --head ridge logistic soft-k-means",
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
        Path path = ShippedModels.run(Flags.required(flags, "run"));
        Split split = split(flags);
        int wanted = flags.hasOption("episodes") ? Flags.count(flags, "episodes", 1, 1) : 0;
        Scoring.Choice statistics = statistics(flags);
        List<String> heads = HeadTrials.names(flags);
        long seed = Flags.whole(flags, "seed", Long.MIN_VALUE, RunEvaluation.SEED);
        try (OpenedRun run = Runs.open(path, CheckpointChoice.of(flags.getOptionValue("checkpoint", "best")))) {
            if (run.experiment().learnsFunctions()) {
                new FunctionTrials(this).run(run, flags, console);
                return 0;
            }
            RunEvaluation evaluation = RunEvaluation.of(run, RunSettings.given(flags));
            SplitDataset data = DataFlags.load(evaluation.asked(), flags, console);
            boolean same = warnOfOtherData(run, data, console);
            KnownClasses known = known(run, data, console);
            KnownClasses.Part part = known.part(data, split);
            part.notes().forEach(note -> console.message("note: " + note));
            console.compute();
            Experiment asked = evaluation.asked();
            int count = wanted == 0 ? asked.episodes().testEpisodes() : wanted;
            TestEpisodes episodes = evaluation.tests(part.images(), count, seed);
            HeadTrials trials = heads.isEmpty()
                    ? HeadTrials.NONE
                    : evaluation.heads(classes(known, data, part), split, episodes.list(), heads, console);
            RunEvaluation.Tested tested = heads.isEmpty()
                    ? evaluation.test(split, episodes, statistics, console)
                    : new RunEvaluation.Tested(trials.results(), List.of());
            RunFacts facts =
                    Reports.facts(asked, data.name(), data.train().fingerprint(), Flags.line(this, flags), start);
            Path page = evaluation.report(out(flags, path, Kebab.of(split)), facts, tested);
            String dataset = data.name();
            console.result(
                    new Evaluated(
                            run.path(),
                            run.checkpointName(),
                            run.experiment().learnerName(),
                            dataset,
                            same,
                            part.description(),
                            part.images().classCount(),
                            tested.result(),
                            trials,
                            page),
                    text(
                            run,
                            dataset + " (" + part.description() + ")",
                            heads.isEmpty() ? EvaluationText.of(tested.result()) : EvaluationText.of(trials),
                            page));
        }
        return 0;
    }

    static String text(OpenedRun run, String dataset, String figures, Path page) {
        return run.experiment().learnerName() + " of " + run.path() + ", " + run.checkpointName() + ", on " + dataset
                + "\n" + figures + "\nreport: " + page;
    }

    private static Split split(CommandLine flags) throws ParseException {
        String word = Flags.word(flags, "split", List.of("test", "validation", "train"));
        return Split.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Scoring.Choice statistics(CommandLine flags) throws ParseException {
        if (!flags.hasOption("statistics")) {
            return supported -> supported;
        }
        Set<BatchStatistics> wanted = EnumSet.noneOf(BatchStatistics.class);
        for (String word : flags.getOptionValues("statistics")) {
            wanted.add(Stream.of(BatchStatistics.values())
                    .filter(one -> Kebab.of(one).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new ParseException("--statistics must be of " + String.join(", ", STATISTICS)
                            + ", got \"" + word + "\"" + Nearest.hint(word, STATISTICS))));
        }
        return supported -> requireSupported(wanted, supported);
    }

    private static Set<BatchStatistics> requireSupported(Set<BatchStatistics> wanted, Set<BatchStatistics> supported) {
        if (!supported.containsAll(wanted)) {
            throw new FewShotException(
                    "--statistics must be of " + words(supported) + " for this learner, got " + words(wanted));
        }
        return wanted;
    }

    private static String words(Set<BatchStatistics> statistics) {
        return statistics.stream().map(Kebab::of).collect(Collectors.joining(", "));
    }

    /** The report's folder: as given, else below the run, or here for a model that came with the program. */
    static Path out(CommandLine flags, Path run, String what) {
        String name = (flags.hasOption("head") ? "heads-" : "evaluation-") + what;
        boolean shipped = ShippedModels.isShipped(flags.getOptionValue("run"));
        return Flags.path(flags, "out")
                .orElseGet(() -> shipped ? Path.of(name + "-" + run.getFileName()) : run.resolve(name));
    }

    /** The classes of the run's splits, so that it is never tested on those that it was trained on. */
    private static KnownClasses known(OpenedRun run, SplitDataset data, Console console) {
        Optional<KnownClasses> known =
                RunFolder.open(run.path()).knownClasses(run.checkpoint().manifest());
        if (known.isEmpty()) {
            console.message("note: the run does not say which classes it was trained on; those of the data's split are"
                    + " taken, and may be among them if the data have changed since");
        }
        return known.orElseGet(() -> KnownClasses.of(data));
    }

    private static HeadData classes(KnownClasses known, SplitDataset data, KnownClasses.Part tested) {
        return new HeadData(
                tested.images(),
                known.part(data, Split.TRAIN).images(),
                known.part(data, Split.VALIDATION).images());
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
