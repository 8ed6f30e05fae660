package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The operations. Constant factors are moved out of linear operations and towards the smaller operand, so that a full
 * pass over a large matrix is spent on a factor only where it cannot be helped.
 */
public final class Ops {
    private Ops() {}

    /** a + b; b may also be one row, one column or a scalar. */
    public static Value add(Value a, Value b) {
        if (bothRepeated(a, b)) {
            return broadcast(add(a.input(0), b.input(0)), a.shape());
        }
        Optional<Value> joined = Slices.joined(a, b);
        if (joined.isPresent()) {
            return joined.get();
        }
        Value x = unrepeated(a, b);
        Value y = unrepeated(b, a);
        if (isBehind(x, y)) {
            return add(y, x);
        }
        if (factor(y) < 0 && x.shape().equals(y.shape())) {
            return subtract(x, scale(y, -1));
        }
        if (factor(x) < 0 && x.shape().equals(y.shape())) {
            return subtract(y, scale(x, -1));
        }
        return make(Elementwise.ADD, x, y);
    }

    /** a - b; b may also be one row, one column or a scalar. */
    public static Value subtract(Value a, Value b) {
        if (bothRepeated(a, b)) {
            return broadcast(subtract(a.input(0), b.input(0)), a.shape());
        }
        Value x = unrepeated(a, b);
        Value y = unrepeated(b, a);
        if (isSmaller(x, y)) {
            return add(scale(y, -1), x);
        }
        boolean better = factor(y) < 0 || (y.rows() == 1 && x.rows() > 1);
        return better ? add(x, scale(y, -1)) : make(Elementwise.SUBTRACT, x, y);
    }

    /** The elementwise product; b may also be one row, one column or a scalar. */
    public static Value multiply(Value a, Value b) {
        if (bothRepeated(a, b)) {
            return broadcast(multiply(a.input(0), b.input(0)), a.shape());
        }
        Value x = unrepeated(a, b);
        Value y = unrepeated(b, a);
        if (isBehind(x, y)) {
            return multiply(y, x);
        }
        if (y.shape().isScalar() && y.op() instanceof Leaf.Filled filled) {
            return scale(x, filled.fill());
        }
        if (hasRowFactor(x) && y.rows() == 1) {
            return multiply(x.input(0), multiply(x.input(1), y));
        }
        double factor = factor(x) * factor(y);
        return factor == 1
                ? make(Elementwise.MULTIPLY, x, y)
                : scale(make(Elementwise.MULTIPLY, unscaled(x), unscaled(y)), factor);
    }

    /** c x a. */
    public static Value scale(Value a, double factor) {
        double all = factor * factor(a);
        Value plain = unscaled(a);
        if (all == 1) {
            return plain;
        }
        if (plain.op() instanceof Shaping.Broadcast) {
            return broadcast(scale(plain.input(0), all), plain.shape());
        }
        if (plain.op() instanceof Leaf.Filled filled) {
            return plain.graph().filled(plain.rows(), plain.columns(), filled.fill() * all);
        }
        if (plain.op() == Elementwise.MULTIPLY && isSmaller(plain.input(1), plain)) {
            return make(Elementwise.MULTIPLY, plain.input(0), scale(plain.input(1), all));
        }
        return make(new Scale(all), plain);
    }

    /** Each entry to a power; for small matrices (it is slow), positive entries. */
    public static Value power(Value a, double exponent) {
        return make(new Power(exponent), a);
    }

    /** a b. */
    public static Value matmul(Value a, Value b) {
        return matmul(a, b, false, false);
    }

    /** The product of two matrices, each transposed or not. */
    public static Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
        return linear(a, x -> linear(b, y -> make(new MatMul(transposeA, transposeB), x, y)));
    }

    /** The inverse of a small square matrix that has one. */
    public static Value inverse(Value a) {
        return make(new Inverse(), a);
    }

    /** The sum over rows, [1, columns]. */
    public static Value columnSum(Value a) {
        if (a.rows() == 1) {
            return a;
        }
        if (a.op() == Elementwise.ADD && sumsToZero(a.input(1))) {
            return columnSum(a.input(0));
        }
        if (a.op() == Elementwise.ADD
                && sumsToZero(a.input(0))
                && a.input(1).shape().equals(a.shape())) {
            return columnSum(a.input(1));
        }
        if (a.op() != Elementwise.MULTIPLY) {
            return linear(a, x -> make(new Shaping.ColumnSum(), x));
        }
        Value x = a.input(0);
        Value y = a.input(1);
        if (y.rows() == 1) {
            return multiply(columnSum(x), y);
        }
        if (hasRowFactor(x)) {
            return multiply(columnSum(multiply(x.input(0), y)), x.input(1));
        }
        return hasRowFactor(y)
                ? multiply(columnSum(multiply(x, y.input(0))), y.input(1))
                : make(new Shaping.ColumnSum(), a);
    }

    /** The sum over columns, [rows, 1]. */
    public static Value rowSum(Value a) {
        return linear(a, x -> x.columns() == 1 ? x : make(new Shaping.RowSum(), x));
    }

    /** The largest of each row, [rows, 1], without gradient. */
    public static Value rowMax(Value a) {
        return make(new SoftmaxOps.RowMax(), a);
    }

    /** The sum of all entries, [1, 1]. */
    public static Value sum(Value a) {
        return rowSum(columnSum(a));
    }

    /** Mean of each of {@code runs} equal runs of rows, [runs, columns]. */
    public static Value meanOfRuns(Value a, int runs) {
        return matmul(a.graph().groupMean(runs, a.rows() / runs), a);
    }

    /** A row, a column or a scalar repeated to a shape. Elementwise operations do it by themselves. */
    public static Value broadcast(Value a, Shape shape) {
        return a.shape().equals(shape) ? a : make(new Shaping.Broadcast(shape), a);
    }

    /** Values in the same c-order as rows x columns. */
    public static Value reshape(Value a, int rows, int columns) {
        Shape shape = new Shape(rows, columns);
        return linear(a, x -> x.shape().equals(shape) ? x : make(new Shaping.Reshape(shape), x));
    }

    /** The value without its gradient. */
    public static Value detach(Value a) {
        return make(new Shaping.Detach(), a);
    }

    /** max(a, 0), derivative 0 at 0. */
    public static Value relu(Value a) {
        return make(new Rectifier.Relu(), a);
    }

    /** The logarithm of the softmax over each row. */
    public static Value logSoftmax(Value a) {
        return make(new SoftmaxOps.LogSoftmax(), a);
    }

    /** The softmax over each row. */
    public static Value softmax(Value a) {
        return make(new SoftmaxOps.Softmax(), a);
    }

    /** Images [n h w, in] with weights [k k in, out] to [n h' w', out]. */
    public static Value convolve(Value images, Value weights, ConvGeometry geometry) {
        if (images.graph().tasks() > 1) {
            return matmul(linear(images, x -> make(new Unfolding.Unfold(geometry), x)), weights);
        }
        return linear(images, x -> linear(weights, w -> make(new Convolution.Forward(geometry), x, w)));
    }

    /** The largest of each 2x2 block. */
    public static Value maxPool(Value images, PoolGeometry geometry) {
        return make(new Pooling.Max(geometry), images);
    }

    static Value make(Op op, Value... inputs) {
        return inputs[0].graph().value(op, List.of(inputs));
    }

    static Value linear(Value a, UnaryOperator<Value> operation) {
        return a.op() instanceof Scale scale ? scale(operation.apply(a.input(0)), scale.factor()) : operation.apply(a);
    }

    /** Sums {@code a} over the directions in which {@code shape} has one entry: the adjoint of repeating. */
    static Value sumTo(Value a, Shape shape) {
        Value columns = shape.rows() == 1 ? columnSum(a) : a;
        return shape.columns() == 1 ? rowSum(columns) : columns;
    }

    /** Whether every column is known to sum to 0. */
    private static boolean sumsToZero(Value a) {
        return a.op() instanceof Normalization.Centred || (hasRowFactor(a) && sumsToZero(a.input(0)));
    }

    private static boolean hasRowFactor(Value a) {
        return a.op() == Elementwise.MULTIPLY && a.input(1).rows() == 1 && a.rows() > 1;
    }

    private static boolean bothRepeated(Value a, Value b) {
        return a.op() instanceof Shaping.Broadcast
                && b.op() instanceof Shaping.Broadcast
                && a.shape().equals(b.shape())
                && a.input(0).shape().equals(b.input(0).shape());
    }

    /** The row, column or scalar behind a repeated {@code a}, where the other operand has the full shape. */
    private static Value unrepeated(Value a, Value other) {
        boolean repeated = a.op() instanceof Shaping.Broadcast && a.shape().equals(other.shape());
        return repeated && !(other.op() instanceof Shaping.Broadcast) ? a.input(0) : a;
    }

    private static boolean isSmaller(Value a, Value b) {
        return a.shape().length() < b.shape().length();
    }

    /**
     * Whether of two operands that may change places {@code b} is to be the first: the larger, or the one that each
     * task has.
     */
    private static boolean isBehind(Value a, Value b) {
        return isSmaller(a, b) || (a.shape().equals(b.shape()) && !a.perTask() && b.perTask());
    }

    private static double factor(Value a) {
        return a.op() instanceof Scale scale ? scale.factor() : 1;
    }

    private static Value unscaled(Value a) {
        return a.op() instanceof Scale ? a.input(0) : a;
    }
}
