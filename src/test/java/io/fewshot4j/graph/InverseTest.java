package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.runtime.Plan;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Inverses; their gradients are in {@link RulesTest}, several tasks in {@link TaskAxisTest}. */
final class InverseTest {
    private static double[] inverse(int n, DataType type, double... entries) {
        Value a = new Graph().input("a", n, n);
        try (Calculator calculator = new Calculator(Map.of("inverse", Ops.inverse(a)), Map.of("a", entries), type)) {
            return calculator.run().get("inverse");
        }
    }

    @Test
    void a_zero_on_the_diagonal_is_exchanged_for_another_row() {
        assertThat(inverse(2, DataType.DOUBLE, 0, 2, 4, 0)).containsExactly(0, 0.25, 0.5, 0);
        assertThat(inverse(3, DataType.DOUBLE, 0, 1, 1, 2, 0, 1, 1, 3, 0))
                .containsExactly(
                        new double[] {-3 / 7.0, 3 / 7.0, 1 / 7.0, 1 / 7.0, -1 / 7.0, 2 / 7.0, 6 / 7.0, 1 / 7.0, -2 / 7.0
                        },
                        within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 1, 1e3, 1e6})
    void a_determinant_beyond_the_range_of_floats_does_not_matter(double diagonal) {
        int n = 30;
        double[] entries = new double[n * n];
        for (int i = 0; i < n; i++) {
            entries[i * n + i] = diagonal;
        }

        double[] inverse = inverse(n, DataType.FLOAT, entries);

        for (int i = 0; i < n * n; i++) {
            double expected = i % (n + 1) == 0 ? 1 / diagonal : 0;
            assertThat(inverse[i]).isCloseTo(expected, within(1e-6 / diagonal));
        }
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, 1e-13", "FLOAT, 1e-4"})
    void matrix_times_inverse_is_the_identity(DataType type, double limit) {
        int n = 25;
        Shape square = new Shape(n, n);
        Matrix a =
                new Matrix(square, new Random(1).doubles(square.length(), -1, 1).toArray());
        Matrix inverse = new Matrix(square, inverse(n, type, a.entries()));

        assertThat(a.times(inverse).entries())
                .containsExactly(Matrix.of(n, n, (r, c) -> r == c ? 1 : 0).entries(), within(limit));
    }

    @Test
    void its_operations_are_counted() {
        Value a = new Graph(2).taskInput("a", 6, 6);

        assertThat(Plan.of(Program.of(Map.of("inverse", Ops.inverse(a)), DataType.FLOAT))
                        .operations())
                .isEqualTo(2 * 8.0 / 3 * 6 * 6 * 6);
    }

    @Test
    void a_matrix_that_is_not_square_is_refused() {
        Value a = new Graph().input("a", 3, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ops.inverse(a))
                .withMessage("an inverse needs as many rows as columns, got 3x4");
    }
}
