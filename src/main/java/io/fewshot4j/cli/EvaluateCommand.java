package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.ReportWriter;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.training.EvaluationResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code evaluate}: a run's accuracy on episodes that are the same whenever it is asked. */
final class EvaluateCommand implements Command {
    /** Seeds the episodes, whatever the run's seed: other ones than training and validation draw. */
    static final long SEED = 2_000_001;

    private static final List<String> EPISODES = List.of("way", "shot", "test-query", "test-episode-rotation");
    private static final List<String> OTHERS = List.of("test-inner-steps", "threads");
    private static final int PICTURES = 2;

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
        return "--run RUN --data PATH [--split test] [--episodes 600] [--seed " + SEED
                + "] [--checkpoint best] [--out DIR] [--set key=value ...]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("run", "RUN", "the folder that train made"))
                .addOption(DataFlags.DATA)
                .addOption(DataFlags.CACHE)
                .addOption(Flags.value("split", "SPLIT", "test, validation or train"))
                .addOption(Flags.value("episodes", "N", "how many episodes; default 600"))
                .addOption(Flags.value("seed", "N", "draws the episodes; default " + SEED))
                .addOption(Flags.value(
                        "checkpoint", "WHICH", "best (by validation; the default) or latest"))
                .addOption(Flags.value("out", "DIR", "the report's folder; default RUN/evaluation-SPLIT"))
                .addOption(Flags.values(
                        "set",
                        "key=value",
                        String.join(", ", EPISODES) + " or " + String.join(", ", OTHERS)
                                + ", in place of the run's"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j evaluate --run runs/maml --data data/omniglot",
                "fewshot4j evaluate --run runs/maml --data data/omniglot --split validation --episodes 100 --json",
                "fewshot4j evaluate --run runs/protonet --data data/omniglot --set way=20 shot=5 test-query=5");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        Instant start = Instant.now();
        Path path = Path.of(Flags.required(flags, "run"));
        Split split = split(flags);
        int count = Math.toIntExact(Flags.whole(flags, "episodes", 1, 600));
        long seed = Flags.whole(flags, "seed", Long.MIN_VALUE, SEED);
        CheckpointChoice choice = CheckpointChoice.of(flags.getOptionValue("checkpoint", "best"));
        try (OpenedRun run = Runs.open(path, choice)) {
            Experiment asked = asked(run.experiment().settings(), RunSettings.given(flags));
            SplitDataset data = DataFlags.load(asked, flags, console);
            EpisodeList episodes = asked.testEpisodes(data.of(split), count, seed);
            Scoring scoring = new Scoring(
                    learning(run, RunSettings.given(flags))::learner,
                    run.model(),
                    asked.training().threads());
            console.message("evaluating " + asked.learnerName() + " of " + path + ", " + run.checkpointName());
            boolean same = warnOfOtherData(run, data, console);
            EvaluationResult result = scoring.evaluate(split, episodes, console);
            RunReport report = new RunReport(
                    Reports.facts(asked, data.train().fingerprint(), Flags.line(this, flags), start),
                    RunHistory.of(
                            RunFolder.open(path), run.experiment().training().validationEpisodes()),
                    List.of(result),
                    scoring.pictures(episodes, PICTURES));
            Path page = ReportWriter.write(out(flags, path, split), report);
            console.result(
                    new Evaluated(
                            path, run.checkpointName(), asked.learnerName(), asked.datasetName(), same, result, page),
                    EvaluationText.of(result) + "\nreport: " + page);
        }
        return 0;
    }

    private static Split split(CommandLine flags) throws ParseException {
        String word = Flags.word(flags, "split", List.of("test", "validation", "train"));
        return List.of(Split.values()).stream()
                .filter(split -> Kebab.of(split).equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Path out(CommandLine flags, Path run, Split split) {
        return Flags.path(flags, "out").orElseGet(() -> run.resolve("evaluation-" + Kebab.of(split)));
    }

    /** The run's experiment with other episodes. */
    private static Experiment asked(Settings saved, Settings given) {
        for (String key : given.keys()) {
            if (!EPISODES.contains(key) && !OTHERS.contains(key)) {
                throw new FewShotException(key + " must stay as the run has it, got "
                        + given.get(key).orElseThrow() + "; evaluate may change " + String.join(", ", EPISODES)
                        + ", " + String.join(", ", OTHERS));
            }
        }
        return Experiment.of(saved.with(given));
    }

    /** The run's experiment with the episodes that its model was built for. */
    private static Experiment learning(OpenedRun run, Settings given) {
        return Experiment.of(run.experiment().settings().with(given.without(EPISODES)));
    }

    private static boolean warnOfOtherData(OpenedRun run, SplitDataset data, Console console) {
        String trained = run.checkpoint().manifest().provenance().dataFingerprint();
        boolean same = trained.equals(data.train().fingerprint());
        if (!same) {
            console.message("note: this is not the data that the run was trained on: its training classes have fingerprint "
                    + data.train().fingerprint() + ", the run's " + trained);
        }
        return same;
    }
}
