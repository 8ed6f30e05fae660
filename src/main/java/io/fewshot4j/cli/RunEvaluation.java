package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.HeadData;
import io.fewshot4j.catalog.HeadTests;
import io.fewshot4j.catalog.TestEpisodes;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.HeadTrials;
import io.fewshot4j.cli.run.RunHistory;
import io.fewshot4j.cli.run.Scoring;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.EpisodePicture;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.report.html.ReportWriter;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.Workers;
import java.nio.file.Path;
import java.util.List;

/**
 * Tests the model of a run.
 *
 * @param asked the run's experiment with the episodes and adaptation that are asked for
 * @param learning the same with the episodes that the model was made for
 */
record RunEvaluation(OpenedRun run, Experiment asked, Experiment learning) {
    /** Settings of test episodes. */
    static final List<String> EPISODES =
            List.of("way", "shot", "test-query", "test-query-counts", "test-episode-rotation");

    /** Other settings that may differ from the run's. */
    static final List<String> OTHERS = List.of(
            "test-inner-steps",
            "test-inner-batch",
            "classifier",
            "distance",
            "fine-tune-learning-rate",
            "fine-tune-decay",
            "threads",
            "split-file");

    /** Seeds the episodes, whatever the run's seed: other ones than training and validation draw. */
    static final long SEED = 2_000_001;

    private static final int PICTURES = 2;

    /** The figures, and some of the episodes with the answers. */
    record Tested(List<EvaluationResult> results, List<EpisodePicture> pictures) {
        Tested {
            results = List.copyOf(results);
            pictures = List.copyOf(pictures);
        }

        /** The first, where there are those of several heads. */
        EvaluationResult result() {
            return results.get(0);
        }
    }

    /**
     * Evaluation with some settings in place of the run's.
     *
     * @throws io.fewshot4j.FewShotException if one would ask for another model
     */
    static RunEvaluation of(OpenedRun run, Settings given) {
        Settings saved = run.experiment().settings();
        RunSettings.requireUnchanged(
                saved,
                given.without(EPISODES).without(OTHERS),
                "evaluate may change " + String.join(", ", EPISODES) + ", " + String.join(", ", OTHERS));
        return new RunEvaluation(
                run, Experiment.of(saved.with(given)), Experiment.of(saved.with(given.without(EPISODES))));
    }

    /** Episodes of images. */
    TestEpisodes tests(ImageDataset images, int count, long seed) {
        return new TestEpisodes(asked, learning, images, count, seed);
    }

    Tested test(Split split, TestEpisodes tests, Scoring.Choice choice, Console console) {
        return new Tested(
                List.of(scoring().evaluate(split, tests, choice, console)),
                scoring().pictures(tests.list(), PICTURES));
    }

    Tested test(Split split, EpisodeList episodes, Scoring.Choice choice, Console console) {
        return new Tested(
                List.of(scoring().evaluate(split, episodes, choice, console)),
                scoring().pictures(episodes, PICTURES));
    }

    /** Tests heads on the model's embedding. */
    HeadTrials heads(HeadData data, Split split, EpisodeList episodes, List<String> names, Console console) {
        try (Workers<Learner> workers =
                new Workers<>(learning::learner, run.model(), asked.training().threads())) {
            return HeadTrials.of(
                    new HeadTests(asked, workers, data, HeadTrials.watch(console)), split, episodes, names);
        }
    }

    private Scoring scoring() {
        return new Scoring(learning::learner, run.model(), asked.training().threads());
    }

    /** Writes the report, with the learning curve; gives its page. */
    Path report(Path folder, RunFacts facts, Tested tested) {
        RunReport report = new RunReport(
                facts,
                RunHistory.of(RunFolder.open(run.path()), run.experiment().training()),
                tested.results(),
                tested.pictures());
        return ReportWriter.write(folder, report);
    }
}
