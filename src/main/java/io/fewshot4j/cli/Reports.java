package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.report.RunFacts;
import java.time.Duration;
import java.time.Instant;

/** Facts of a run that the reports of all commands have. */
final class Reports {
    private Reports() {}

    /**
     * The facts of a run.
     *
     * @param dataset what its data are called
     * @param fingerprint of its training data
     * @param command that made the report
     * @param start of the work
     */
    static RunFacts facts(Experiment experiment, String dataset, String fingerprint, String command, Instant start) {
        return new RunFacts(
                experiment.learnerName() + " on " + dataset + ", " + tasks(experiment),
                experiment.learnerName(),
                dataset,
                fingerprint,
                command,
                experiment.training().seed(),
                Duration.between(start, Instant.now()),
                experiment.settings().asMap(),
                Environment.describe());
    }

    private static String tasks(Experiment experiment) {
        EpisodeShape shape = experiment.testShape();
        return experiment.learnsFunctions() ? shape.shot() + " points" : shape.way() + "-way " + shape.shot() + "-shot";
    }
}
