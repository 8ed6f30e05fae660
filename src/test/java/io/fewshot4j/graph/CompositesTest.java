package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.nn.Attention;
import io.fewshot4j.nn.Distances;
import io.fewshot4j.nn.LstmCell;
import io.fewshot4j.nn.Mlp;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Networks and heads on numbers that are worked out here, one by one. */
final class CompositesTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final double[] QUERIES = {3, 4, 0, 1};
    private static final double[] PROTOTYPES = {3, 0, 0, 2, 1, 1};

    private final Graph graph = new Graph();
    private final Value queries = graph.input("queries", 2, 2);
    private final Value prototypes = graph.input("prototypes", 3, 2);

    private static double[] of(Value value, Map<String, double[]> inputs) {
        try (Calculator calculator = new Calculator(Map.of("value", value), inputs)) {
            return calculator.run().get("value");
        }
    }

    private static double[] of(Value value) {
        return of(value, Map.of("queries", QUERIES, "prototypes", PROTOTYPES));
    }

    @Test
    void squared_distances_are_sums_of_squares() {
        assertThat(of(Distances.squaredEuclidean(queries, prototypes)))
                .containsExactly(new double[] {16, 9 + 4, 4 + 9, 9 + 1, 1, 1}, ROUNDING);
        assertThat(of(Distances.euclideanLogits(queries, prototypes)))
                .containsExactly(new double[] {25 - 16, 25 - 13, 25 - 13, 1 - 10, 0, 0}, ROUNDING);
    }

    @Test
    void cosines_are_products_over_lengths() {
        double diagonal = Math.sqrt(2);

        assertThat(of(Distances.cosine(queries, prototypes, 0)))
                .containsExactly(new double[] {0.6, 0.8, 7 / (5 * diagonal), 0, 1, 1 / diagonal}, ROUNDING);
        assertThat(of(Distances.cosine(queries, prototypes, 0.5))[1]).isCloseTo(8 / Math.sqrt(25.5 * 4.5), ROUNDING);
    }

    @Test
    void attention_is_the_mean_by_softmax() {
        Value scores = graph.input("scores", 1, 3);
        double a = Math.exp(0.5);
        double b = Math.exp(-1);
        double all = a + b + 1;

        assertThat(of(
                        Attention.of(scores, prototypes),
                        Map.of("scores", new double[] {0.5, -1, 0}, "prototypes", PROTOTYPES)))
                .containsExactly(new double[] {(3 * a + 1) / all, (2 * b + 1) / all}, ROUNDING);
    }

    @Test
    void a_softmax_is_finite_however_far_below_zero_its_scores_are() {
        Value scores = graph.input("scores", 2, 2);
        Map<String, double[]> inputs = Map.of("scores", new double[] {-50_000, -50_000, 1000, 1001});

        assertThat(of(Ops.softmax(scores), inputs))
                .containsExactly(new double[] {0.5, 0.5, 1 / (1 + Math.E), Math.E / (1 + Math.E)}, ROUNDING);
    }

    @Test
    void sharpness_is_a_factor_for_each_query() {
        Value sharpness = graph.input("sharpness", 2, 1);
        Map<String, double[]> inputs =
                Map.of("queries", QUERIES, "prototypes", PROTOTYPES, "sharpness", new double[] {10, 2});

        assertThat(of(Attention.scores(queries, prototypes, sharpness, 0), inputs))
                .containsExactly(new double[] {6, 8, 14 / Math.sqrt(2), 0, 2, Math.sqrt(2)}, ROUNDING);
    }

    @Test
    void a_perceptron_is_linear_at_its_end_and_rectified_before() {
        Mlp mlp = new Mlp("fc", List.of(1, 2, 1));
        Map<String, double[]> inputs = Map.of(
                "x", new double[] {1, -1, 3},
                "fc0.weight", new double[] {2, -1},
                "fc0.bias", new double[] {-1, 0.5},
                "fc1.weight", new double[] {-3, 4},
                "fc1.bias", new double[] {0.25});

        assertThat(of(mlp.forward(graph.inputs(mlp.layout()), graph.input("x", 3, 1)), inputs))
                .containsExactly(new double[] {-3 + 0.25, 4 * 1.5 + 0.25, -3 * 5 + 0.25}, ROUNDING);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mlp("fc", List.of(3)))
                .withMessage("a perceptron needs two or more widths of at least 1, got [3]");
    }

    /** Two steps of one unit, from zeros. */
    @Test
    void an_lstm_cell_goes_through_its_four_gates() {
        LstmCell cell = new LstmCell("lstm", 1, 1);
        double[] input = {0.5, -0.3, 0.8, 0.2};
        double[] hidden = {0.1, 0.7, -0.4, -0.6};
        double[] bias = {0.05, 1, -0.2, 0.3};
        Map<String, Value> weights = graph.inputs(cell.layout());
        LstmCell.State state = cell.zeros(graph, 1);
        LstmCell.State same = state;
        double h = 0;
        double c = 0;
        for (int step = 0; step < 2; step++) {
            double x = step == 0 ? 1.5 : -0.7;
            Value seen = graph.input("x" + step, 1, 1);
            state = cell.step(weights, seen, state);
            Value fromHidden = Ops.matmul(same.h(), Lookup.in(weights, "lstm.hidden"));
            Value fromInput = Ops.matmul(seen, Lookup.in(weights, "lstm.input"));
            same = cell.step(Ops.add(Ops.add(fromInput, fromHidden), Lookup.in(weights, "lstm.bias")), same);
            double[] gates = new double[4];
            for (int i = 0; i < 4; i++) {
                gates[i] = x * input[i] + h * hidden[i] + bias[i];
            }
            c = sigmoid(gates[1]) * c + sigmoid(gates[0]) * Math.tanh(gates[2]);
            h = sigmoid(gates[3]) * Math.tanh(c);
        }
        Map<String, double[]> inputs = Map.of(
                "x0",
                new double[] {1.5},
                "x1",
                new double[] {-0.7},
                "lstm.input",
                input,
                "lstm.hidden",
                hidden,
                "lstm.bias",
                bias);

        assertThat(of(Blocks.concatenateColumns(List.of(state.h(), state.c())), inputs))
                .containsExactly(new double[] {h, c}, ROUNDING);
        assertThat(of(Blocks.concatenateColumns(List.of(same.h(), same.c())), inputs))
                .containsExactly(new double[] {h, c}, ROUNDING);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void functions_are_those_of_the_textbook() {
        Value x = graph.input("x", 1, 3);
        Map<String, double[]> inputs = Map.of("x", new double[] {-2, 0, 0.5});

        assertThat(of(Functions.sigmoid(x), inputs))
                .containsExactly(new double[] {sigmoid(-2), 0.5, sigmoid(0.5)}, ROUNDING);
        assertThat(of(Functions.tanh(x), inputs))
                .containsExactly(new double[] {Math.tanh(-2), 0, Math.tanh(0.5)}, ROUNDING);
        assertThat(of(Functions.exp(x), inputs))
                .containsExactly(new double[] {Math.exp(-2), 1, Math.exp(0.5)}, ROUNDING);
        assertThat(of(Functions.log(x), inputs)[2]).isCloseTo(Math.log(0.5), ROUNDING);
        assertThat(of(Functions.log(x), inputs)[1]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(of(Functions.absolute(x), inputs)).containsExactly(2, 0, 0.5);
        assertThat(of(Functions.sign(x), inputs)).containsExactly(-1, 0, 1);
        Value magnitude = Ops.sum(Functions.absolute(x));
        assertThat(of(Gradients.of(magnitude, List.of(x)).get(0), inputs)).containsExactly(-1, 0, 1);
    }

    @Test
    void first_values_are_drawn_within_their_limits() {
        Mlp mlp = new Mlp("fc", List.of(3, 50));
        LstmCell cell = new LstmCell("lstm", 2, 25);
        Parameters parameters = Parameters.zeros(mlp.layout().with(cell.layout()), DataType.FLOAT);
        mlp.initialise(parameters, new Random(1));
        cell.initialise(parameters, new Random(1));

        assertWithin(parameters, "fc0.weight", Math.sqrt(6.0 / 53));
        assertThat(Transfer.read(parameters.get("fc0.bias"))).containsOnly(0);
        assertWithin(parameters, "lstm.input", 0.2);
        assertWithin(parameters, "lstm.hidden", 0.2);
        assertWithin(parameters, "lstm.bias", 0.2);
    }

    private static void assertWithin(Parameters parameters, String name, double limit) {
        double largest = parameters.get(name).amaxNumber().doubleValue();
        assertThat(largest).as(name).isBetween(0.9 * limit, limit);
    }
}
