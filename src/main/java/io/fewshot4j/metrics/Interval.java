package io.fewshot4j.metrics;

import java.util.List;

/** A mean and half the width of its 95 % interval (1.96 standard errors), over {@code count} values. */
public record Interval(double mean, double halfWidth, int count) {
    /** Interval of at least one value; a single value has half-width 0. */
    public static Interval of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("an interval needs at least 1 value, got none");
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        int n = values.size();
        double halfWidth = n == 1 ? 0 : 1.96 * Math.sqrt(squares / (n - 1) / n);
        return new Interval(mean, halfWidth, n);
    }
}
