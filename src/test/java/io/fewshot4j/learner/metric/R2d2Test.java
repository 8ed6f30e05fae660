package io.fewshot4j.learner.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Transfer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Two features, three support images: two of one class, one of the other. */
final class R2d2Test {
    private static final R2d2 SPEC = new R2d2();
    private static final TaskShape SHAPE = Shapes.of(SPEC, 16, new EpisodeShape(2, 1, 1));
    private static final double[][] SHARES = {{0.5, 0.5, 0}, {0, 0, 1}};
    private static final double[][] SUPPORT = {{1, 0}, {3, 4}, {-2, 1}};
    private static final double[][] QUERIES = {{1, 1}, {-1, 0.5}};
    private static final double[][] LABELS = {{1, 0}, {0, 1}};

    /**
     * W = (X^T X + lambda I)^-1 X^T Y, the form with as many rows as features, whose 2x2 matrix is inverted by its
     * determinant. X^T X is (14, 10; 10, 17) and X^T Y is (4, -2; 4, 1).
     */
    private static double[] logits(double[] query, double lambda, double scale, double shift) {
        double a = 14 + lambda;
        double d = 17 + lambda;
        double determinant = a * d - 100;
        double[] logits = new double[2];
        double[][] sums = {{4, -2}, {4, 1}};
        for (int label = 0; label < 2; label++) {
            double first = (d * sums[0][label] - 10 * sums[1][label]) / determinant;
            double second = (a * sums[1][label] - 10 * sums[0][label]) / determinant;
            logits[label] = scale * (query[0] * first + query[1] * second) + shift;
        }
        return logits;
    }

    @ParameterizedTest
    @CsvSource({"50, 1, 0", "0.001, 4, -1", "1, -2, 3"})
    void logits_are_the_ridge_regression_of_the_labels(double lambda, double scale, double shift) {
        Map<String, double[]> answer = new Comparison()
                .weight("ridge.log-lambda", new double[][] {{Math.log(lambda)}})
                .weight("ridge.scale", new double[][] {{scale}})
                .weight("ridge.shift", new double[][] {{shift}})
                .answer(SPEC.metric(SPEC.defaults(), SHAPE), SHARES, SUPPORT, QUERIES, LABELS);

        double[] first = logits(QUERIES[0], lambda, scale, shift);
        double[] second = logits(QUERIES[1], lambda, scale, shift);
        assertThat(Lookup.in(answer, "logits"))
                .containsExactly(new double[] {first[0], first[1], second[0], second[1]}, within(1e-10));
        assertThat(Lookup.in(answer, "loss")[0])
                .isCloseTo(
                        -(Math.log(Plain.softmax(first)[0]) + Math.log(Plain.softmax(second)[1])) / 2, within(1e-10));
    }

    @Test
    void penalty_scale_and_shift_begin_as_the_settings_say() {
        try (Model model = SPEC.initialise(new R2d2.Settings(20, 3), SHAPE, 1, DataType.DOUBLE)) {
            assertThat(Transfer.read(model.parameters().get("ridge.log-lambda")))
                    .containsExactly(Math.log(20));
            assertThat(Transfer.read(model.parameters().get("ridge.scale"))).containsExactly(3);
            assertThat(Transfer.read(model.parameters().get("ridge.shift"))).containsExactly(0);
        }
    }

    @Test
    void a_penalty_that_is_not_positive_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new R2d2.Settings(0, 1))
                .withMessage("ridge must be above 0, got 0.0");
    }
}
