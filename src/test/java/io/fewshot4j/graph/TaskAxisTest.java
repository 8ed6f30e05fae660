package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Losses;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A graph of several tasks beside one graph for each. */
final class TaskAxisTest {
    private static final double LIMIT = 1e-12;

    @ParameterizedTest
    @MethodSource({"io.fewshot4j.graph.RulesTest#rules", "convolutions", "heads"})
    void several_tasks_are_what_each_is_alone(RuleCase rule) {
        for (TaskAxisCheck check : TaskAxisCheck.mixtures(rule)) {
            assertThat(check.error()).as(check.toString()).isLessThan(LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource({"io.fewshot4j.graph.RulesTest#rules", "convolutions", "heads"})
    void the_executor_has_the_sessions_bits(RuleCase rule) {
        SameBits.require(type -> Program.of(RuleCheck.firstOrder(rule, new Graph(2)), type), 1);
    }

    static Stream<RuleCase> convolutions() {
        return RulesTest.geometries()
                .flatMap(g -> Stream.of(
                        RuleCase.of(
                                "convolution " + g,
                                List.of(g.input(), g.weights()),
                                x -> Ops.convolve(x.get(0), x.get(1), g)),
                        RuleCase.of(new Unfolding.Unfold(g), g.input()),
                        RuleCase.of(
                                new Unfolding.Fold(g),
                                new Shape(g.output().rows(), g.weights().rows()))));
    }

    static Stream<RuleCase> heads() {
        return Stream.of(
                RuleCase.of(
                        "accuracy",
                        List.of(new Shape(3, 4), new Shape(3, 4)),
                        x -> Losses.accuracy(x.get(0), x.get(1), 3)),
                RuleCase.of(
                        "a sum of slim products and others",
                        List.of(new Shape(1, 9), new Shape(1, 9), new Shape(3, 9), new Shape(9, 9)),
                        x -> {
                            Value slim = Ops.add(product(x.get(0), x.get(1)), product(x.get(1), x.get(1)));
                            Value fat = Ops.add(product(x.get(2), x.get(2)), x.get(3));
                            return Blocks.concatenateRows(List.of(
                                    Blocks.rows(Ops.add(slim, fat), 2, 5), Ops.add(product(x.get(1), x.get(0)), slim)));
                        }),
                RuleCase.of(
                        "a sum of products",
                        List.of(new Shape(3, 4), new Shape(3, 2), new Shape(4, 2)),
                        x -> Ops.subtract(
                                Ops.matmul(x.get(0), x.get(1), true, false),
                                Ops.scale(Ops.add(x.get(2), x.get(2)), 3))));
    }

    private static Value product(Value a, Value b) {
        return Ops.matmul(a, b, true, false);
    }

    @Test
    void the_number_of_operations_does_not_grow_with_the_tasks() {
        assertThat(operations(2)).isEqualTo(operations(7));
    }

    private static int operations(int tasks) {
        Conv4 network = new Conv4(
                new ImageShape(16, 16, 1),
                2,
                Conv4.Downsampling.MAX_POOL,
                Conv4.Head.MEAN,
                ConvGeometry.Padding.TORCH,
                true,
                1e-3);
        Graph graph = new Graph(tasks);
        Map<String, Value> weights = graph.inputs(network.layout());
        Value features = network.forward(
                weights, new SetInput("x", 3, network::encoding, 1).images(graph), 3, BatchNorm.batch());
        Value loss = Ops.sum(Ops.multiply(features, features));
        Map<String, Value> outputs = new LinkedHashMap<>();
        List<Value> gradients = Gradients.of(loss, List.copyOf(weights.values()));
        for (int i = 0; i < gradients.size(); i++) {
            outputs.put("grad" + i, TaskSums.of(gradients.get(i)));
        }
        return Plan.of(Program.of(outputs, DataType.FLOAT)).calls().size();
    }

    @Test
    void sums_over_tasks_of_products_are_one_product() {
        Graph graph = new Graph(4);
        Value product = Ops.matmul(graph.taskInput("a", 3, 2), graph.taskInput("b", 3, 5), true, false);
        Plan plan = Plan.of(Program.of(Map.of("sum", TaskSums.of(product)), DataType.FLOAT));

        assertThat(plan.calls()).hasSize(1);
        assertThat(plan.arrays().get(plan.calls().get(0).inputs().get(0)).shape())
                .isEqualTo(List.of(12L, 2L));
    }

    @Test
    void products_of_few_rows_are_joined_to_one() {
        Graph graph = new Graph(2);
        Value sum = IntStream.range(0, 5)
                .mapToObj(i -> product(graph.taskInput("x" + i, 1, 20), graph.taskInput("y" + i, 1, 30)))
                .reduce(Ops::add)
                .orElseThrow();
        Plan plan = Plan.of(Program.of(Map.of("sum", TaskSums.of(sum)), DataType.FLOAT));

        assertThat(plan.calls().stream().filter(call -> call.operation() == NativeOperation.PRODUCT))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.graph.RulesTest#geometries")
    void images_are_convolved_as_they_are_where_nothing_else_needs_their_patches(ConvGeometry geometry) {
        Map<String, Value> outputs = convolution(geometry, new Graph(2));
        Plan plan = Plan.of(Program.of(outputs, DataType.DOUBLE));
        Random random = new Random(1);
        Map<String, double[]> inputs = new LinkedHashMap<>();
        inputs.put("x", random.doubles(2 * geometry.input().length()).toArray());
        inputs.put("w", random.doubles(geometry.weights().length()).toArray());

        double[] first = alone(geometry, inputs, 0);
        double[] second = alone(geometry, inputs, 1);

        assertThat(plan.calls()).extracting(Plan.Call::operation).containsExactly(NativeOperation.CONVOLUTION);
        try (Calculator both = new Calculator(outputs, inputs)) {
            assertThat(both.run().get("y"))
                    .containsExactly(
                            DoubleStream.concat(Arrays.stream(first), Arrays.stream(second))
                                    .toArray(),
                            within(LIMIT));
        }
    }

    private static Map<String, Value> convolution(ConvGeometry geometry, Graph graph) {
        Shape images = geometry.input();
        Shape weights = geometry.weights();
        return Map.of(
                "y",
                Ops.convolve(
                        graph.taskInput("x", images.rows(), images.columns()),
                        graph.input("w", weights.rows(), weights.columns()),
                        geometry));
    }

    private static double[] alone(ConvGeometry geometry, Map<String, double[]> inputs, int task) {
        Map<String, double[]> own = new LinkedHashMap<>(inputs);
        int length = Math.toIntExact(geometry.input().length());
        own.put("x", Arrays.copyOfRange(Lookup.in(inputs, "x"), task * length, (task + 1) * length));
        try (Calculator calculator = new Calculator(convolution(geometry, new Graph()), own)) {
            return calculator.run().get("y");
        }
    }

    @Test
    void what_is_the_same_for_all_tasks_is_computed_once() {
        Graph graph = new Graph(4);
        Value shared = Ops.relu(graph.input("a", 3, 2));

        assertThat(shared.perTask()).isFalse();
        assertThat(Ops.add(shared, graph.taskInput("b", 3, 2)).perTask()).isTrue();
        assertThat(Arrays.asList(TaskSums.of(shared).op())).isEqualTo(List.of(new Scale(4)));
    }

    @Test
    void a_graph_has_a_task() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Graph(0))
                .withMessage("a graph must have at least 1 task, got 0");
    }
}
