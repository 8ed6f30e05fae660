package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.RunHistory;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.RegressionReport;
import io.fewshot4j.report.RegressionReport.Method;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.html.ReportWriter;
import io.fewshot4j.training.RegressionResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.ParseException;

/** {@code evaluate} of a run on functions: errors by inner step in place of accuracies. */
record FunctionTrials(EvaluateCommand command) {
    private static final int TRAINING_POINTS = 500;

    /** Document of {@code --json}. */
    record Evaluated(
            Path run, String checkpoint, String learner, String dataset, RegressionResult evaluation, Path report) {}

    void run(OpenedRun run, CommandLine flags, Console console) throws ParseException {
        for (String other : List.of("data", "cache", "split", "statistics")) {
            if (flags.hasOption(other)) {
                throw new ParseException(
                        "a run on functions is tested on functions that are drawn: leave out --" + other);
            }
        }
        Instant start = Instant.now();
        Experiment asked = RunEvaluation.of(run, RunSettings.given(flags)).asked();
        int tasks = Math.toIntExact(
                Flags.whole(flags, "episodes", 1, asked.episodes().testEpisodes()));
        long seed = Flags.whole(flags, "seed", Long.MIN_VALUE, RunEvaluation.SEED);
        console.compute();
        RegressionResult result =
                new FunctionTest(asked, run.model()).result(asked.episodes().shot(), tasks, seed);
        Method method = method(name(asked), run, asked, List.of(result));
        Path page = ReportWriter.write(
                Flags.path(flags, "out").orElseGet(() -> run.path().resolve("evaluation-test")),
                new RegressionReport(facts(method, Flags.line(command, flags), start), List.of(method)));
        console.result(
                new Evaluated(run.path(), run.checkpointName(), asked.learnerName(), asked.datasetName(), result, page),
                text(run, result) + "\nreport: " + page);
    }

    /** Name of an experiment in a report. */
    static String name(Experiment experiment) {
        boolean oracle =
                experiment.settings().get("oracle").filter("true"::equals).isPresent();
        return oracle ? "oracle" : experiment.learnerName();
    }

    /** A run's results for a report. */
    static Method method(String name, OpenedRun run, Experiment asked, List<RegressionResult> results) {
        return new Method(
                name,
                asked.settings().asMap(),
                run.checkpoint().manifest().progress().iteration(),
                RunHistory.of(RunFolder.open(run.path()), asked.training()).thinned(TRAINING_POINTS),
                results,
                new FunctionTest(asked, run.model()).fits(results));
    }

    /** Facts for the report of a test whose first method is {@code first}. */
    static RunFacts facts(Method first, String commandLine, Instant start) {
        return new RunFacts(
                "Sinusoid regression",
                "",
                Sinusoids.FINGERPRINT,
                Sinusoids.FINGERPRINT,
                commandLine,
                Long.parseLong(first.settings().getOrDefault("seed", "0")),
                Duration.between(start, Instant.now()),
                Map.of(),
                Environment.describe());
    }

    private static String text(OpenedRun run, RegressionResult result) {
        StringBuilder text = new StringBuilder(name(run.experiment()) + " of " + run.path() + ", "
                + run.checkpointName() + "\n" + result.shot() + " points, " + Numbers.count(result.tasks())
                + " functions, seed " + result.seed() + ", inner learning rate " + result.innerLearningRate() + "\n\n");
        for (int step = 0; step < result.errorByStep().size(); step++) {
            text.append(Help.padded("step " + step, 10))
                    .append(Numbers.error(result.errorByStep().get(step)))
                    .append('\n');
        }
        return text + "mean squared error and its 95 % interval";
    }
}
