package io.fewshot4j.report.html;

import io.fewshot4j.report.table.TrialRow;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * An axis of parallel coordinates, from 0 below to 1 above.
 *
 * @param labels where values stand on it
 * @param place where a trial does
 */
public record ParallelAxis(String title, Map<String, Double> labels, ToDoubleFunction<TrialRow> place) {
    public ParallelAxis {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
