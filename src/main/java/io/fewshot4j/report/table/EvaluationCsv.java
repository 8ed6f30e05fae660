package io.fewshot4j.report.table;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.Csv;
import io.fewshot4j.report.Words;
import io.fewshot4j.training.EvaluationResult;
import java.util.List;

/** Evaluation results as tables with one row per figure; accuracies are 0 to 1. */
public final class EvaluationCsv {
    private EvaluationCsv() {}

    /** Mean accuracy and 95 % interval before adaptation (step 0) and after each inner step. */
    public static String byStep(List<EvaluationResult> results) {
        Csv csv = new Csv(
                "split",
                "way",
                "shot",
                "query",
                "statistics",
                "protocol",
                "step",
                "accuracy",
                "half_width",
                "episodes",
                "head");
        for (EvaluationResult result : results) {
            EpisodeShape s = result.shape();
            for (EvaluationResult.Mode mode : result.modes()) {
                int step = 0;
                for (Interval a : mode.accuracyByStep()) {
                    csv.row(
                            Words.of(result.split()),
                            s.way(),
                            s.shot(),
                            s.query(),
                            Words.of(mode.statistics()),
                            Words.protocol(mode.statistics()),
                            step++,
                            a.mean(),
                            a.halfWidth(),
                            a.count(),
                            result.head());
                }
            }
        }
        return csv.toString();
    }

    /** The accuracy of each episode after the last step. */
    public static String byEpisode(List<EvaluationResult> results) {
        Csv csv = new Csv(
                "split", "way", "shot", "query", "statistics", "protocol", "seed", "episode", "accuracy", "head");
        for (EvaluationResult result : results) {
            EpisodeShape s = result.shape();
            for (EvaluationResult.Mode mode : result.modes()) {
                int episode = 0;
                for (double accuracy : mode.accuracyByEpisode()) {
                    csv.row(
                            Words.of(result.split()),
                            s.way(),
                            s.shot(),
                            s.query(),
                            Words.of(mode.statistics()),
                            Words.protocol(mode.statistics()),
                            result.seed(),
                            episode++,
                            accuracy,
                            result.head());
                }
            }
        }
        return csv.toString();
    }
}
