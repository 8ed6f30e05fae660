package io.fewshot4j.report;

import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.training.RegressionResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a report tells of methods that learn functions from a few points. */
public record RegressionReport(RunFacts facts, List<Method> methods) {
    public RegressionReport {
        methods = List.copyOf(methods);
    }

    /**
     * One method.
     *
     * @param settings those in force
     * @param iteration how long it was trained
     * @param results for different numbers of points
     */
    public record Method(
            String name,
            Map<String, String> settings,
            long iteration,
            List<History.Point> training,
            List<RegressionResult> results,
            List<Fit> fits) {
        public Method {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            training = List.copyOf(training);
            results = List.copyOf(results);
            fits = List.copyOf(fits);
        }
    }

    /**
     * One function.
     *
     * @param task whose queries are inputs in order
     * @param byStep the answers there: before adaptation, then after each inner step
     */
    public record Fit(String title, SinusoidTask task, double innerLearningRate, List<List<Double>> byStep) {
        public Fit {
            byStep = byStep.stream().map(List::copyOf).toList();
        }
    }

    public String csv() {
        Csv csv = new Csv("method", "shot", "step", "mse", "half_width", "tasks", "inner_learning_rate");
        for (Method method : methods) {
            for (RegressionResult result : method.results()) {
                for (int step = 0; step < result.errorByStep().size(); step++) {
                    Interval error = result.errorByStep().get(step);
                    csv.row(
                            method.name(),
                            result.shot(),
                            step,
                            error.mean(),
                            error.halfWidth(),
                            error.count(),
                            result.innerLearningRate());
                }
            }
        }
        return csv.toString();
    }
}
