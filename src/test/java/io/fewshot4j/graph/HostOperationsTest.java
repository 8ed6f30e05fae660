package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.ConvGeometry.Padding;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.OperationTimes;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The processor's kernels in float beside ND4J's operations in double. */
final class HostOperationsTest {
    /** Rounding of a float sum, of the sum of its terms' magnitudes. */
    private static final double LIMIT = 1e-6;

    /** Images by the hundred, images larger than a block of the cache, every padding, and kernels without a border. */
    static Stream<ConvGeometry> geometries() {
        return Stream.of(
                new ConvGeometry(1, 3, 3, 1, 1, 3, 1, Padding.NONE),
                new ConvGeometry(2, 5, 7, 3, 4, 1, 1, Padding.NONE),
                new ConvGeometry(300, 4, 4, 8, 3, 3, 2, Padding.TENSORFLOW),
                new ConvGeometry(300, 5, 4, 8, 3, 3, 2, Padding.TORCH),
                new ConvGeometry(3, 60, 50, 9, 5, 3, 1, Padding.TORCH),
                new ConvGeometry(3, 61, 50, 9, 1, 3, 2, Padding.TENSORFLOW),
                new ConvGeometry(2, 30, 31, 6, 7, 10, 1, Padding.NONE),
                new ConvGeometry(1, 9, 8, 7300, 2, 3, 2, Padding.TENSORFLOW));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void convolutions_and_their_gradients(ConvGeometry geometry) {
        Graph graph = new Graph();
        Value x = input(graph, "x", geometry.input());
        Value w = input(graph, "w", geometry.weights());
        Value u = input(graph, "u", geometry.output());

        requireClose(NativeOperation.CONVOLUTION, new Convolution.Forward(geometry), x, w);
        requireClose(NativeOperation.CONVOLUTION_GRADIENTS, new Convolution.InputGradient(geometry), w, u);
        requireClose(NativeOperation.CONVOLUTION_GRADIENTS, new Convolution.WeightGradient(geometry), x, u);
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void unfolding_and_folding(ConvGeometry geometry) {
        Graph graph = new Graph();

        requireClose(NativeOperation.UNFOLD, new Unfolding.Unfold(geometry), input(graph, "x", geometry.input()));
        Shape rows = new Shape(geometry.output().rows(), geometry.weights().rows());
        requireClose(NativeOperation.FOLD, new Unfolding.Fold(geometry), input(graph, "rows", rows));
    }

    @Test
    void products_of_matrices_and_vectors_one_or_several() {
        for (int tasks : new int[] {1, 3}) {
            for (Shape shape : List.of(new Shape(5, 7), new Shape(1, 7), new Shape(5, 1), new Shape(1, 1))) {
                for (int inner : new int[] {1, 6}) {
                    products(tasks, shape.rows(), shape.columns(), inner);
                }
            }
        }
    }

    private static void products(int tasks, int rows, int columns, int inner) {
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                Graph graph = new Graph(tasks);
                Value a = graph.taskInput("a", transposeA ? inner : rows, transposeA ? rows : inner);
                Value b = graph.taskInput("b", transposeB ? columns : inner, transposeB ? inner : columns);
                requireClose(NativeOperation.PRODUCT, new MatMul(transposeA, transposeB), a, b);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void arithmetic_with_a_matrix_a_row_a_column_or_a_number(Elementwise operation) {
        for (Shape x : List.of(new Shape(3, 5), new Shape(70, 24), new Shape(3, 1500), new Shape(1, 1))) {
            for (int rows : new int[] {1, x.rows()}) {
                for (int columns : new int[] {1, x.columns()}) {
                    Graph graph = new Graph();
                    boolean isRow = operation == Elementwise.ADD && rows == 1 && x.rows() > 1 && columns == x.columns();
                    requireEqual(
                            isRow
                                    ? NativeOperation.ADD_ROW
                                    : NativeOperation.named(operation.name().toLowerCase(Locale.ROOT)),
                            Ops.make(operation, input(graph, "x", x), graph.input("y", rows, columns)));
                }
            }
        }
    }

    @Test
    void positive_parts_and_ones_for_positive_numbers() {
        requireEqual(NativeOperation.RELU, Ops.make(new Rectifier.Relu(), new Graph().input("x", 70, 24)));
        requireEqual(NativeOperation.STEP, Ops.make(new Rectifier.Step(), new Graph().input("x", 70, 24)));
    }

    @Test
    void the_smallest_positive_number_is_positive() {
        Program step = Program.of(
                Map.of("result", Ops.make(new Rectifier.Step(), new Graph().input("x", 1, 7))), DataType.FLOAT);
        try (Executor executor = Executor.of(step, Map.of())) {
            Transfer.write(
                    new float[] {-Float.MAX_VALUE, -Float.MIN_VALUE, -0f, 0, Float.MIN_VALUE, 1, Float.MAX_VALUE},
                    executor.input("x"));
            executor.run();
            assertThat(Transfer.read(executor.output("result"))).containsExactly(0, 0, 0, 0, 1, 1, 1);
        }
    }

    @Test
    void averages_of_squares_and_numbers_over_their_roots() {
        Graph graph = new Graph();
        Value before = Ops.power(graph.input("v", 70, 24), 2);
        RootMeanSquare after = RootMeanSquare.of(graph.input("a", 70, 24), before, 0.9, 0.1);

        requireEqual(NativeOperation.ROOT_MEAN_SQUARE, after.average());
        requireEqual(NativeOperation.ROOT_MEAN_SQUARE, after.scaled());
    }

    /** Compares on numbers of magnitude up to a half. */
    private static void requireEqual(NativeOperation kernel, Value result) {
        Map<String, INDArray> inputs =
                SameBits.inputs(Program.of(Map.of("result", result), DataType.FLOAT), result.columns());

        assertThat(byKernel(kernel, result, inputs))
                .containsExactly(run(result, DataType.DOUBLE, inputs), within(LIMIT));
    }

    @Test
    void a_gradient_that_nobody_reads_is_known() {
        ConvGeometry geometry = new ConvGeometry(1, 4, 4, 1, 1, 3, 1, Padding.TORCH);
        Graph graph = new Graph();
        Value gradient = Ops.make(
                new Convolution.WeightGradient(geometry),
                input(graph, "x", geometry.input()),
                input(graph, "u", geometry.output()));

        Plan.Call call = Plan.of(Program.of(Map.of("w", gradient), DataType.FLOAT))
                .calls()
                .get(0);

        assertThat(call.isRead(0)).isFalse();
        assertThat(call.isRead(1)).isTrue();
    }

    private static Value input(Graph graph, String name, Shape shape) {
        return graph.input(name, shape.rows(), shape.columns());
    }

    /**
     * The operation's terms are products of two operands, or the operand's entries: with magnitudes it sums magnitudes.
     */
    private static void requireClose(NativeOperation kernel, Op op, Value... operands) {
        Value result = Ops.make(op, operands);
        Map<String, INDArray> inputs =
                SameBits.inputs(Program.of(Map.of("result", result), DataType.FLOAT), operands[0].rows());
        Map<String, INDArray> magnitudes = new LinkedHashMap<>();
        inputs.forEach((name, array) -> magnitudes.put(name, array.dup('c')));
        magnitudes
                .values()
                .forEach(array -> Transfer.write(
                        Arrays.stream(Transfer.read(array)).map(Math::abs).toArray(), array));

        double[] actual = byKernel(kernel, result, inputs);
        double[] expected = run(result, DataType.DOUBLE, inputs);
        double[] terms = run(result, DataType.DOUBLE, magnitudes);
        double worst = IntStream.range(0, actual.length)
                .mapToDouble(i -> Math.abs(actual[i] - expected[i]) / Math.max(terms[i], Float.MIN_NORMAL))
                .max()
                .orElseThrow();

        assertThat(worst).as(op.toString()).isLessThan(LIMIT);
    }

    /** The result in float, whose one call of an operation was a kernel's and not ND4J's. */
    private static double[] byKernel(NativeOperation kernel, Value result, Map<String, INDArray> inputs) {
        double[][] numbers = new double[1][];
        List<OperationTimes.Time> calls = OperationTimes.during(() -> numbers[0] = run(result, DataType.FLOAT, inputs));

        assertThat(calls.stream().filter(time -> time.operation() == kernel))
                .as("calls of %s for %s", kernel, result)
                .singleElement()
                .satisfies(time -> assertThat(time.runner()).isEqualTo(OperationTimes.Runner.KERNEL))
                .satisfies(time -> assertThat(time.calls()).isEqualTo(1));
        return numbers[0];
    }

    private static double[] run(Value result, DataType type, Map<String, INDArray> inputs) {
        Program program = Program.of(Map.of("result", result), type);
        try (Executor executor = Executor.of(program, Map.of())) {
            inputs.forEach((name, values) -> executor.input(name).assign(values));
            executor.run();
            return Transfer.read(executor.output("result"));
        }
    }
}
