package io.fewshot4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.Calculator;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchNormTest {
    private static final int ROWS = 7;
    private static final double EPSILON = 0.01;

    private final Graph graph = new Graph();
    private final Value x = graph.input("x", ROWS, 2);
    private final double[] entries = new Random(3).doubles(2 * ROWS, -1, 2).toArray();

    private double mean(int column) {
        return IntStream.range(0, ROWS)
                        .mapToDouble(row -> entries[2 * row + column])
                        .sum()
                / ROWS;
    }

    private double squares(int column) {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> Math.pow(entries[2 * row + column] - mean(column), 2))
                .sum();
    }

    private double[] normalized(int column, double mean, double variance) {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> (entries[2 * row + column] - mean) / Math.sqrt(variance + EPSILON))
                .toArray();
    }

    private static double[] column(double[] values, int column) {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> values[2 * row + column])
                .toArray();
    }

    @Test
    void the_batch_gives_mean_and_biased_variance_and_what_is_observed_is_unbiased() {
        BatchNorm.Observing norm = new BatchNorm.Observing();
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("observing", norm.normalize(0, x, EPSILON));
        outputs.put("batch", BatchNorm.batch().normalize(0, x, EPSILON));
        outputs.putAll(norm.observed());
        try (Calculator calculator = new Calculator(outputs, Map.of("x", entries))) {
            calculator.run();
            assertThat(calculator.get("batch")).isEqualTo(calculator.get("observing"));
            for (int c = 0; c < 2; c++) {
                double[] expected = normalized(c, mean(c), squares(c) / ROWS);
                assertThat(column(calculator.get("batch"), c)).containsExactly(expected, within(1e-12));
                assertThat(calculator.get("bn0.mean")[c]).isCloseTo(mean(c), within(1e-12));
                assertThat(calculator.get("bn0.variance")[c]).isCloseTo(squares(c) / (ROWS - 1), within(1e-12));
            }
        }
    }

    @Test
    void running_statistics_stand_in_for_the_batch() {
        Map<String, Value> statistics =
                Map.of("bn0.mean", graph.input("bn0.mean", 1, 2), "bn0.variance", graph.input("bn0.variance", 1, 2));
        Value result = BatchNorm.running(statistics).normalize(0, x, EPSILON);
        Map<String, double[]> inputs =
                Map.of("x", entries, "bn0.mean", new double[] {0.5, -1}, "bn0.variance", new double[] {2, 0.3});
        try (Calculator calculator = new Calculator(Map.of("result", result), inputs)) {
            double[] values = calculator.run().get("result");
            assertThat(column(values, 0)).containsExactly(normalized(0, 0.5, 2), within(1e-12));
            assertThat(column(values, 1)).containsExactly(normalized(1, -1, 0.3), within(1e-12));
        }
    }
}
