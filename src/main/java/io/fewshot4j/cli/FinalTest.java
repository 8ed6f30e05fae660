package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.TestEpisodes;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.RegressionReport;
import io.fewshot4j.report.RegressionReport.Method;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.html.ReportWriter;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.training.RegressionResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The one test of a {@link Reproduction}, with a report in the run's folder: accuracy of the best model by validation,
 * or errors of the last one on functions, from as many points as it was trained with.
 *
 * @param command that a report names
 * @param start of the training
 */
record FinalTest(Experiment experiment, TrainingData data, String command, Instant start) {
    /**
     * Result of the test.
     *
     * @param iteration after which the tested model was saved
     * @param remark what is to be known of its choice; may be empty
     */
    record Tested(ResultRow.Test test, long iteration, String remark) {}

    Tested of(Path folder, Console console) {
        try (OpenedRun run = Runs.open(folder, CheckpointChoice.BEST)) {
            ResultRow.Test test =
                    data.images().map(images -> accuracy(run, images, console)).orElseGet(() -> errors(run));
            Progress progress = run.checkpoint().manifest().progress();
            boolean chosen = progress.isBest() || experiment.learnsFunctions();
            return new Tested(test, progress.iteration(), chosen ? "" : "not validated: the last model was tested");
        }
    }

    private ResultRow.Test accuracy(OpenedRun run, SplitDataset images, Console console) {
        RunEvaluation evaluation = RunEvaluation.of(run, Settings.none());
        TestEpisodes episodes =
                evaluation.tests(images.test(), experiment.episodes().testEpisodes(), RunEvaluation.SEED);
        RunEvaluation.Tested tested = evaluation.test(Split.TEST, episodes, FinalTest::statistics, console);
        RunFacts facts = Reports.facts(experiment, data.name(), data.fingerprint(), command, start);
        evaluation.report(report(run), facts, tested);
        return ResultRow.Test.of(tested.result());
    }

    /** The transductive kind, and one inductive kind: running averages where the learner keeps them. */
    private static Set<BatchStatistics> statistics(Set<BatchStatistics> supported) {
        Set<BatchStatistics> chosen = EnumSet.copyOf(supported);
        if (supported.contains(BatchStatistics.RUNNING)) {
            chosen.remove(BatchStatistics.SUPPORT_AND_ONE_QUERY);
        }
        return chosen;
    }

    private ResultRow.Test errors(OpenedRun run) {
        RegressionResult result = new FunctionTest(experiment, run.model())
                .result(experiment.episodes().shot(), experiment.episodes().testEpisodes(), RunEvaluation.SEED);
        Method method = FunctionTrials.method(FunctionTrials.name(experiment), run, experiment, List.of(result));
        ReportWriter.write(
                report(run), new RegressionReport(FunctionTrials.facts(method, command, start), List.of(method)));
        return ResultRow.Test.of(result, experiment.testShape().query());
    }

    private static Path report(OpenedRun run) {
        return run.path().resolve("report");
    }
}
