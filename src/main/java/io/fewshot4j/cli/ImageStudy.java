package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.History;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.table.ResultRow;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Classification: the best model by validation is tested on the preset's frozen test episodes. */
record ImageStudy(Experiment experiment) implements Study {
    @Override
    public Settings settings() {
        return experiment.settings();
    }

    @Override
    public Optional<String> neededData() {
        return experiment.needsPath() ? Optional.of(experiment.datasetName()) : Optional.empty();
    }

    @Override
    public Data load(Optional<Path> path, PackedCache cache, Console console) {
        return Data.of(DataFlags.load(experiment, path, cache, console));
    }

    @Override
    public Trained train(Settings settings, Data data, RunFolder run, Session session) {
        SplitDataset images = data.images().orElseThrow();
        TrainingRun.Outcome outcome = new TrainingRun(Experiment.of(settings), images, run)
                .train(session.console(), session.stop(), session.clock());
        return new Trained(outcome.stopped(), outcome.history());
    }

    @Override
    public History curve(RunFolder run) {
        return RunHistory.of(run, experiment.training());
    }

    @Override
    public Tested test(Path folder, Data data, Origin origin, Console console) {
        try (OpenedRun run = Runs.open(folder, CheckpointChoice.BEST)) {
            RunEvaluation evaluation = RunEvaluation.of(run, Settings.none());
            EpisodeList episodes = experiment.testEpisodes(
                    data.images().orElseThrow().test(), experiment.episodes().testEpisodes(), RunEvaluation.SEED);
            RunEvaluation.Tested tested = evaluation.test(Split.TEST, episodes, ImageStudy::statistics, console);
            RunFacts facts =
                    Reports.facts(experiment, data.name(), data.fingerprint(), origin.command(), origin.start());
            evaluation.report(folder.resolve("report"), facts, tested);
            Progress progress = run.checkpoint().manifest().progress();
            return new Tested(
                    ResultRow.Test.of(tested.result()),
                    progress.iteration(),
                    progress.isBest() ? "" : "not validated: the last model was tested");
        }
    }

    /** The transductive kind, and one inductive kind: running averages where the learner keeps them. */
    private static Set<BatchStatistics> statistics(Set<BatchStatistics> supported) {
        Set<BatchStatistics> chosen = EnumSet.copyOf(supported);
        if (supported.contains(BatchStatistics.RUNNING)) {
            chosen.remove(BatchStatistics.SUPPORT_AND_ONE_QUERY);
        }
        return chosen;
    }
}
