package io.fewshot4j.report;

import io.fewshot4j.training.EvaluationResult;
import java.util.List;

/** All that a report tells of a run. The history may be empty, and there may be no evaluation or picture. */
public record RunReport(
        RunFacts facts, History history, List<EvaluationResult> evaluations, List<EpisodePicture> pictures) {
    /** Most points of the training curve in charts and JSON; the CSV has all. */
    public static final int CURVE_POINTS = 500;

    public RunReport {
        evaluations = List.copyOf(evaluations);
        pictures = List.copyOf(pictures);
    }
}
