package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.nn.InnerLoop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GradientsTest {
    private static final double[] X = {1, -2, 3, 4, 5, -6};

    private final Graph graph = new Graph();
    private final Value x = graph.input("x", 2, 3);

    private double[] gradient(Value loss) {
        try (Calculator calculator =
                new Calculator(Map.of("gradient", Gradients.of(loss, List.of(x)).get(0)), Map.of("x", X))) {
            return calculator.run().get("gradient");
        }
    }

    @Test
    void several_uses_add_up() {
        Value loss = Ops.add(Ops.sum(Ops.multiply(x, x)), Ops.scale(Ops.sum(x), 3));

        assertThat(gradient(loss)).containsExactly(5, -1, 9, 11, 13, -9);
    }

    @Test
    void it_is_zero_where_the_loss_does_not_depend() {
        Value other = graph.input("other", 4, 1);
        Value result = Gradients.of(Ops.sum(x), List.of(other)).get(0);

        assertThat(result).isSameAs(graph.filled(4, 1, 0));
    }

    @Test
    void it_is_one_by_the_loss_itself() {
        Value loss = Ops.sum(x);

        assertThat(Gradients.of(loss, List.of(loss))).containsExactly(graph.filled(1, 1, 1));
    }

    @Test
    void it_comes_by_inner_values_too() {
        Value inner = Ops.add(x, x);
        Value loss = Ops.sum(Ops.multiply(inner, inner));
        List<Value> gradients = Gradients.of(loss, List.of(inner, x));
        try (Calculator calculator =
                new Calculator(Map.of("inner", gradients.get(0), "x", gradients.get(1)), Map.of("x", X))) {
            calculator.run();
            assertThat(calculator.get("inner")).containsExactly(4, -8, 12, 16, 20, -24);
            assertThat(calculator.get("x")).containsExactly(8, -16, 24, 32, 40, -48);
        }
    }

    /** The loss below is 4 sum(x x): the value 2 x is no longer in it. */
    @Test
    void values_that_rewriting_looks_through_are_refused() {
        Value inner = Ops.scale(x, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gradients.of(Ops.sum(Ops.multiply(inner, inner)), List.of(inner)))
                .withMessageStartingWith("gradients must be by inputs, sums or differences, got %");
    }

    @Test
    void a_detached_value_is_a_constant() {
        assertThat(gradient(Ops.sum(Ops.multiply(Ops.detach(x), x)))).containsExactly(X);
        assertThat(gradient(Ops.sum(Ops.detach(x)))).containsOnly(0);
    }

    @Test
    void a_third_derivative_is_right() {
        Value loss = Ops.sum(Ops.multiply(Ops.multiply(x, x), Ops.multiply(x, x)));
        Value first = Gradients.of(loss, List.of(x)).get(0);
        Value second = Gradients.of(Ops.sum(first), List.of(x)).get(0);

        assertThat(gradient(Ops.sum(second))).containsExactly(new double[] {24, -48, 72, 96, 120, -144}, within(1e-12));
    }

    @Test
    void a_loss_that_is_no_scalar_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gradients.of(x, List.of(x)))
                .withMessage("a loss must be 1x1, got 2x3");
    }

    @Test
    void first_order_steps_have_the_same_values_and_another_gradient() {
        InnerLoop.UpdateRule rule = InnerLoop.gradientDescent(graph.filled(1, 1, 0.1));
        Map<String, Value> start = Map.of("x", x);
        Value second = adapted(new InnerLoop(name -> true, rule, true), start);
        Value first = adapted(new InnerLoop(name -> true, rule, false), start);
        try (Calculator calculator = new Calculator(Map.of("second", second, "first", first), Map.of("x", X))) {
            calculator.run();
            assertThat(calculator.get("first")).isEqualTo(calculator.get("second"));
        }
        // x' = 0.8 x, so that d sum(x') / dx is 0.8, or 1 where the update is a constant
        assertThat(gradient(Ops.sum(second))).containsOnly(new double[] {0.8}, within(1e-12));
        assertThat(gradient(Ops.sum(first))).containsOnly(1);
    }

    private static Value adapted(InnerLoop loop, Map<String, Value> start) {
        InnerLoop.Trajectory trajectory = loop.unroll(
                start, 1, weights -> Ops.sum(Ops.multiply(Lookup.in(weights, "x"), Lookup.in(weights, "x"))));
        assertThat(trajectory.weights()).hasSize(2);
        assertThat(trajectory.losses()).hasSize(1);
        return Lookup.in(trajectory.last(), "x");
    }
}
