package io.fewshot4j.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** Operations on operations on small inputs, drawn from a seed, each with what it must be worth. */
final class RandomExpression {
    private static final int OPERATIONS = 25;
    private static final double LARGEST = 20;
    private static final List<Shape> INPUTS =
            List.of(new Shape(3, 4), new Shape(3, 4), new Shape(1, 4), new Shape(3, 1), new Shape(1, 1));
    private static final double[] FACTORS = {-2, -1, -0.5, 0.5, 1, 2};

    private record Node(Value value, Matrix expected) {}

    private final Graph graph = new Graph();
    private final Random random;
    private final List<Node> nodes = new ArrayList<>();

    RandomExpression(long seed) {
        random = new Random(seed);
        for (Shape shape : INPUTS) {
            Value value = graph.input("x" + nodes.size(), shape.rows(), shape.columns());
            nodes.add(new Node(
                    value,
                    new Matrix(shape, random.doubles(shape.length(), -1, 1).toArray())));
        }
        nodes.add(new Node(graph.filled(3, 4, 0.5), Matrix.of(3, 4, (r, c) -> 0.5)));
        while (nodes.size() < INPUTS.size() + 1 + OPERATIONS) {
            next().filter(node -> node.expected.largest() < LARGEST).ifPresent(nodes::add);
        }
    }

    /** The inputs. */
    List<Value> inputs() {
        return nodes.subList(0, INPUTS.size()).stream().map(Node::value).toList();
    }

    /** The inputs' entries, by name. */
    Map<String, double[]> entries() {
        Map<String, double[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < INPUTS.size(); i++) {
            entries.put("x" + i, nodes.get(i).expected.entries());
        }
        return entries;
    }

    /** The results of all operations, by name. */
    Map<String, Value> results() {
        Map<String, Value> results = new LinkedHashMap<>();
        for (int i = INPUTS.size(); i < nodes.size(); i++) {
            results.put("result" + i, nodes.get(i).value);
        }
        return results;
    }

    /** Expected results. */
    Map<String, Matrix> expected() {
        Map<String, Matrix> expected = new LinkedHashMap<>();
        for (int i = INPUTS.size(); i < nodes.size(); i++) {
            expected.put("result" + i, nodes.get(i).expected);
        }
        return expected;
    }

    private Node any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** Empty where the operands drawn do not fit. */
    private Optional<Node> next() {
        Node a = any();
        return switch (random.nextInt(14)) {
            case 0, 1 -> elementwise(a, any(), Ops::add, Double::sum);
            case 2, 3 -> elementwise(a, any(), Ops::subtract, (x, y) -> x - y);
            case 4, 5 -> elementwise(a, any(), Ops::multiply, (x, y) -> x * y);
            case 6 -> scaled(a, FACTORS[random.nextInt(FACTORS.length)]);
            case 7 -> product(a, any(), random.nextBoolean(), random.nextBoolean());
            case 8 -> repeated(a);
            case 9 -> node(Ops.columnSum(a.value), a.expected.columnSum());
            case 10 -> node(Ops.rowSum(a.value), a.expected.rowSum());
            case 11 -> reshaped(a);
            case 12 -> summedProduct(a);
            default -> curved(a);
        };
    }

    private static Optional<Node> node(Value value, Matrix expected) {
        return Optional.of(new Node(value, expected));
    }

    private static Optional<Node> elementwise(
            Node a, Node b, BinaryOperator<Value> operation, DoubleBinaryOperator plain) {
        return fits(a.value.shape(), b.value.shape()) || fits(b.value.shape(), a.value.shape())
                ? node(operation.apply(a.value, b.value), a.expected.combine(b.expected, plain))
                : Optional.empty();
    }

    private static boolean fits(Shape full, Shape other) {
        return (other.rows() == full.rows() || other.rows() == 1)
                && (other.columns() == full.columns() || other.columns() == 1);
    }

    private static Optional<Node> scaled(Node a, double factor) {
        return node(Ops.scale(a.value, factor), a.expected.map(x -> x * factor));
    }

    private static Optional<Node> product(Node a, Node b, boolean turnA, boolean turnB) {
        Matrix left = turnA ? a.expected.transposed() : a.expected;
        Matrix right = turnB ? b.expected.transposed() : b.expected;
        return left.shape().columns() == right.shape().rows()
                ? node(Ops.matmul(a.value, b.value, turnA, turnB), left.times(right))
                : Optional.empty();
    }

    private static Optional<Node> repeated(Node a) {
        Shape full = INPUTS.get(0);
        return fits(full, a.value.shape())
                ? node(Ops.broadcast(a.value, full), a.expected.repeated(full))
                : Optional.empty();
    }

    /** Sums over a product of three, which may be rows or columns. */
    private Optional<Node> summedProduct(Node a) {
        return elementwise(a, any(), Ops::multiply, (x, y) -> x * y)
                .flatMap(product -> elementwise(product, any(), Ops::multiply, (x, y) -> x * y))
                .flatMap(product -> node(Ops.columnSum(product.value), product.expected.columnSum()));
    }

    private static Optional<Node> reshaped(Node a) {
        int rows = a.value.columns();
        int columns = a.value.rows();
        return node(Ops.reshape(a.value, rows, columns), a.expected.reshaped(rows, columns));
    }

    private Optional<Node> curved(Node a) {
        return switch (random.nextInt(3)) {
            case 0 -> node(Ops.relu(a.value), a.expected.map(x -> Math.max(x, 0)));
            case 1 -> node(Ops.softmax(a.value), a.expected.softmax());
            default -> node(Ops.logSoftmax(a.value), a.expected.softmax().map(Math::log));
        };
    }
}
