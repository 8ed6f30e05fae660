package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.History;
import io.fewshot4j.report.RegressionReport;
import io.fewshot4j.report.html.ReportWriter;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Regression: the last model is tested, from as many points as it was trained with. */
record SinusoidStudy(Experiment experiment) implements Study {
    @Override
    public Settings settings() {
        return experiment.settings();
    }

    @Override
    public Optional<String> neededData() {
        return Optional.empty();
    }

    @Override
    public Data load(Optional<Path> path, PackedCache cache, Console console) {
        return new Data(Optional.empty(), experiment.datasetName(), Sinusoids.FINGERPRINT);
    }

    @Override
    public Trained train(Settings settings, Data data, RunFolder run, Session session) {
        Experiment trained = Experiment.of(settings);
        TrainingEvent.Stopped stopped = new SinusoidRun(method(trained), trained, run)
                .train(session.console(), session.stop(), session.clock());
        return new Trained(stopped, RunHistory.of(run, trained.training()));
    }

    /** Errors are drawn in its own report. */
    @Override
    public History curve(RunFolder run) {
        return new History();
    }

    @Override
    public Tested test(Path folder, Data data, Origin origin, Console console) {
        RegressionReport.Method method = new SinusoidRun(method(experiment), experiment, RunFolder.open(folder))
                .test(List.of(experiment.episodes().shot()), SinusoidRun.TEST_TASKS);
        ReportWriter.write(
                folder.resolve("report"),
                new RegressionReport(SinusoidRun.facts(method, origin.command(), origin.start()), List.of(method)));
        return new Tested(
                ResultRow.Test.of(method.results().get(0), experiment.episodes().query()), method.iteration(), "");
    }

    private static String method(Experiment experiment) {
        boolean oracle = experiment.settings().get("oracle").equals(Optional.of("true"));
        return oracle ? "oracle" : experiment.learnerName();
    }
}
