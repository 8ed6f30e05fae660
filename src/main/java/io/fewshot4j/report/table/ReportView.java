package io.fewshot4j.report.table;

import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.report.EpisodePicture;
import io.fewshot4j.report.History;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.report.Words;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.TrainingEvent;
import java.util.List;

/** A report as JSON shows it: what the page shows, in figures. */
record ReportView(RunFacts run, Training training, List<EvaluationResult> evaluations, List<Picture> episodes) {
    /** The curves; {@code ended} is "running" before the end. */
    record Training(String ended, List<History.Point> updates, List<TrainingEvent.Validated> validations) {}

    /** An episode's answers. */
    record Picture(BatchStatistics statistics, List<String> classNames, List<EpisodePicture.Answer> answers) {}

    static ReportView of(RunReport report) {
        History history = report.history();
        String ended = history.stopped().map(s -> Words.of(s.reason())).orElse("running");
        List<Picture> pictures = report.pictures().stream()
                .map(p -> new Picture(p.statistics(), p.episode().classNames(), p.answers()))
                .toList();
        Training training = new Training(ended, history.thinned(RunReport.CURVE_POINTS), history.validations());
        return new ReportView(report.facts(), training, report.evaluations(), pictures);
    }
}
