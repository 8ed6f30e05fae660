package io.fewshot4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Calculator;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

final class LstmUpdateTest {
    private static final LstmUpdate RULE = new LstmUpdate(1, 4, -5, 0.5);
    private static final double P = 10;
    private static final double[] GOAL = {0.25, -1, 0.5};

    private final Graph graph = new Graph();
    private final Map<String, double[]> numbers = new LinkedHashMap<>();

    /** Two weights of 2 and 1 entries and a rule, all with numbers of some size. */
    private Map<String, Value> weights() {
        ParameterLayout layout =
                ParameterLayout.none().with("a", 1, 2).with("b", 1, 1).with(RULE.layout());
        Random random = new Random(3);
        for (ParameterLayout.Entry entry : layout.entries()) {
            numbers.put(entry.name(), random.doubles(entry.length(), -0.8, 0.8).toArray());
        }
        return graph.inputs(layout);
    }

    /** The sum of squared distances from {@link #GOAL}, whose gradient is 2 (w - goal). */
    private Value loss(Map<String, Value> weights) {
        Value all = Blocks.concatenateColumns(List.of(Lookup.in(weights, "a"), Lookup.in(weights, "b")));
        numbers.put("goal", GOAL);
        Value away = Ops.subtract(all, graph.input("goal", 1, 3));
        return Ops.sum(Ops.multiply(away, away));
    }

    private double[] after(int steps, boolean secondOrder) {
        InnerLoop loop = new InnerLoop(name -> name.length() == 1, RULE, secondOrder);
        Map<String, Value> last = loop.unroll(weights(), steps, this::loss).last();
        Value all = Blocks.concatenateColumns(List.of(Lookup.in(last, "a"), Lookup.in(last, "b")));
        try (Calculator calculator = new Calculator(Map.of("weights", all), numbers)) {
            return calculator.run().get("weights");
        }
    }

    /** The rule as the paper states it, one coordinate at a time. */
    private final class ByHand {
        private final double[] w = {numbers("a")[0], numbers("a")[1], numbers("b")[0]};
        private final double[] h = new double[3];
        private final double[] c = new double[3];
        private final double[] forget = new double[3];
        private final double[] input = new double[3];

        private double[] numbers(String name) {
            return Lookup.in(numbers, name);
        }

        void step() {
            double loss = 0;
            for (int i = 0; i < 3; i++) {
                loss += Math.pow(w[i] - GOAL[i], 2);
            }
            for (int i = 0; i < 3; i++) {
                double gradient = 0.5 * 2 * (w[i] - GOAL[i]);
                lstm(i, new double[] {first(loss), second(loss), first(gradient), second(gradient)});
                forget[i] = gate("forget", h[i], w[i], forget[i]);
                input[i] = gate("input", h[i], w[i], input[i]);
                w[i] = sigmoid(forget[i]) * w[i] - sigmoid(input[i]) * gradient;
            }
        }

        private double gate(String gate, double state, double weight, double last) {
            double[] factors = numbers("meta." + gate + ".weight");
            return state * factors[0] + weight * factors[1] + last * factors[2] + numbers("meta." + gate + ".bias")[0];
        }

        private void lstm(int i, double[] x) {
            double[] gates = new double[4];
            for (int gate = 0; gate < 4; gate++) {
                gates[gate] = numbers("meta.lstm.bias")[gate] + h[i] * numbers("meta.lstm.hidden")[gate];
                for (int k = 0; k < 4; k++) {
                    gates[gate] += x[k] * numbers("meta.lstm.input")[4 * k + gate];
                }
            }
            c[i] = sigmoid(gates[1]) * c[i] + sigmoid(gates[0]) * Math.tanh(gates[2]);
            h[i] = sigmoid(gates[3]) * Math.tanh(c[i]);
        }
    }

    private static double first(double x) {
        return Math.abs(x) >= Math.exp(-P) ? Math.log(Math.abs(x)) / P : -1;
    }

    private static double second(double x) {
        return Math.abs(x) >= Math.exp(-P) ? Math.signum(x) : Math.exp(P) * x;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void weights_are_the_cell_state_of_an_lstm() {
        double[] one = after(1, false);
        double[] three = after(3, false);
        ByHand expected = new ByHand();
        expected.step();
        assertThat(one).containsExactly(expected.w, within(1e-12));
        expected.step();
        expected.step();
        assertThat(three).containsExactly(expected.w, within(1e-12));
        assertThat(after(3, true)).containsExactly(expected.w, within(1e-12));
    }

    @Test
    void gradients_of_any_size_become_numbers_of_size_1() {
        double[] numbers = {3, -0.5, 1e-3, Math.exp(-P), 1e-6, -1e-9, 0, 1e8};
        Value column = graph.input("x", 8, 1);
        try (Calculator calculator =
                new Calculator(Map.of("y", Functions.logAndSign(column, P)), Map.of("x", numbers))) {
            double[] pairs = calculator.run().get("y");
            for (int i = 0; i < numbers.length; i++) {
                assertThat(pairs[2 * i]).isCloseTo(first(numbers[i]), within(1e-12));
                assertThat(pairs[2 * i + 1]).isCloseTo(second(numbers[i]), within(1e-12));
            }
        }
    }

    @Test
    void at_first_it_is_gradient_descent_with_a_little_decay() {
        try (Parameters parameters = Parameters.zeros(RULE.layout(), DataType.DOUBLE)) {
            RULE.initialise(parameters, new Random(1));

            assertThat(Transfer.read(parameters.get("meta.forget.bias"))[0]).isBetween(4.0, 5.0);
            assertThat(Transfer.read(parameters.get("meta.input.bias"))[0]).isBetween(-5.0, -4.0);
            for (String name :
                    List.of("meta.lstm.input", "meta.lstm.bias", "meta.forget.weight", "meta.input.weight")) {
                assertThat(parameters.get(name).amaxNumber().doubleValue())
                        .as(name)
                        .isBetween(0.001, 0.01);
            }
        }
    }

    @Test
    void an_empty_state_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LstmUpdate(0, 4, -5, 1))
                .withMessage("hidden must be at least 1, got 0");
    }
}
