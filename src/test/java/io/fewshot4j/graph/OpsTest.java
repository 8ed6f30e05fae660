package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OpsTest {
    @Test
    void a_mean_over_more_images_than_a_matrix_can_hold_is_refused() {
        assertThatThrownBy(() -> new Graph().groupMean(65_536, 1))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "the matrix that averages a batch must have at most 2147483647 values, got 65536 x 65536 x 1;"
                                + " lower the images of an episode or of an inner batch");
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    static LongStream fewSeeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rewriting_keeps_values(long seed) {
        RandomExpression expression = new RandomExpression(seed);
        try (Calculator calculator = new Calculator(expression.results(), expression.entries())) {
            calculator.run();
            expression
                    .expected()
                    .forEach((name, expected) -> assertThat(calculator.get(name))
                            .as(name)
                            .containsExactly(expected.entries(), within(1e-11)));
        }
    }

    /** Along one direction for each seed: the slope of a loss that weighs all results. */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void rewriting_keeps_gradients(long seed) {
        RandomExpression expression = new RandomExpression(seed);
        Value loss = loss(expression);
        Map<String, Value> outputs = new LinkedHashMap<>();
        List<Value> gradients = Gradients.of(loss, expression.inputs());
        for (int i = 0; i < gradients.size(); i++) {
            outputs.put("x" + i, gradients.get(i));
        }
        outputs.put("loss", loss);
        Map<String, double[]> entries = expression.entries();
        Map<String, double[]> direction = new LinkedHashMap<>();
        Random random = new Random(seed);
        entries.forEach((name, values) ->
                direction.put(name, random.doubles(values.length, -1, 1).toArray()));
        try (Calculator calculator = new Calculator(outputs, entries)) {
            double slope = slope(calculator.run(), direction);
            double width = 1e-6;
            move(entries, direction, width);
            double above = calculator.run().get("loss")[0];
            move(entries, direction, -2 * width);
            double below = calculator.run().get("loss")[0];
            assertThat((above - below) / (2 * width)).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        }
    }

    private static Value loss(RandomExpression expression) {
        Value loss = expression.inputs().get(0).graph().filled(1, 1, 0);
        double weight = 1;
        for (Value result : expression.results().values()) {
            loss = Ops.add(
                    loss,
                    Ops.scale(
                            Ops.sum(Ops.multiply(result, result)),
                            weight / result.shape().length()));
            weight = -0.9 * weight;
        }
        return loss;
    }

    private static double slope(Calculator calculator, Map<String, double[]> direction) {
        double slope = 0;
        for (Map.Entry<String, double[]> entry : direction.entrySet()) {
            double[] gradient = calculator.get(entry.getKey());
            for (int i = 0; i < gradient.length; i++) {
                slope += gradient[i] * entry.getValue()[i];
            }
        }
        return slope;
    }

    private static void move(Map<String, double[]> entries, Map<String, double[]> direction, double width) {
        entries.forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] += width * Lookup.in(direction, name)[i];
            }
        });
    }

    @Test
    void every_result_of_an_expression_has_the_sessions_bits() {
        LongStream.range(0, 10)
                .forEach(seed ->
                        SameBits.require(type -> Program.of(new RandomExpression(seed).results(), type), seed));
    }

    @Test
    void constant_factors_leave_linear_operations() {
        Graph graph = new Graph();
        Value a = graph.input("a", 3, 4);
        Value b = graph.input("b", 4, 2);

        assertThat(Ops.matmul(Ops.scale(a, 2), Ops.scale(b, 0.5))).isSameAs(Ops.matmul(a, b));
        assertThat(Ops.scale(Ops.scale(a, 3), 1.0 / 3)).isSameAs(a);
        assertThat(Ops.add(a, Ops.scale(a, -1))).isSameAs(Ops.subtract(a, a));
        assertThat(Ops.scale(graph.filled(2, 2, 3), 2)).isSameAs(graph.filled(2, 2, 6));
    }

    @Test
    void operands_that_do_not_fit_are_refused() {
        Graph graph = new Graph();
        Value a = graph.input("a", 3, 4);
        Value b = graph.input("b", 2, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ops.add(a, b))
                .withMessage("add needs equal shapes, a row, a column or a scalar, got 3x4 and 2x4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ops.matmul(a, b))
                .withMessage("a matrix product needs as many columns as rows, got 3x4 and 2x4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ops.reshape(a, 5, 2))
                .withMessage("a reshape must keep the length, got 3x4 to 5x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shape(0, 4))
                .withMessage("a matrix must be at least 1x1, got 0x4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoolGeometry(1, 1, 4, 1, false))
                .withMessage("pooling needs at least 2x2, got 1x4");
    }

    @Test
    void a_convolution_of_other_shapes_is_refused() {
        Graph graph = new Graph();
        ConvGeometry geometry = new ConvGeometry(1, 4, 4, 1, 2, 3, 1, ConvGeometry.Padding.TORCH);
        Value images = graph.input("images", 16, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ops.convolve(images, graph.input("weights", 9, 3), geometry))
                .withMessage("convolution needs 9x2, got 9x3");
    }
}
