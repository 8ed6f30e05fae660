package io.fewshot4j.report.table;

import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.training.EvaluationResult;
import java.util.List;

/** One mode of an evaluation as JSON shows it. */
record ModeView(BatchStatistics statistics, boolean transductive, Interval accuracy, List<Interval> accuracyByStep) {
    static ModeView of(EvaluationResult.Mode mode) {
        return new ModeView(
                mode.statistics(), mode.statistics().transductive(), mode.accuracy(), mode.accuracyByStep());
    }
}
