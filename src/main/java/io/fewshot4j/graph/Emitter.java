package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.operation.Transform;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes native operations into a SameDiff graph and remembers every variable's shape. Constants and calls for two
 * values are made once.
 */
final class Emitter {
    private final SameDiff graph = SameDiff.create();
    private final DataType type;
    private final int tasks;
    private final Map<String, List<Long>> shapes = new HashMap<>();
    private final Map<Object, SDVariable> constants = new HashMap<>();
    private final Map<Object, List<SDVariable>> calls = new HashMap<>();

    Emitter(DataType type, int tasks) {
        this.type = type;
        this.tasks = tasks;
    }

    SameDiff graph() {
        return graph;
    }

    /** The shape of each variable, by name. */
    Map<String, List<Long>> shapes() {
        return shapes;
    }

    /** Number of matrices of a value that lie below each other: one, or one for each task. */
    int copies(Value value) {
        return value.perTask() ? tasks : 1;
    }

    /** The shape of a value's copies as one matrix. */
    Shape stacked(Value value) {
        return new Shape(copies(value) * value.rows(), value.columns());
    }

    SDVariable placeholder(String name, Shape shape) {
        return known(graph.placeHolder(name, type, shape.rows(), shape.columns()), shape.rows(), shape.columns());
    }

    SDVariable filled(Shape shape, double fill) {
        return constants.computeIfAbsent(
                List.of(shape, fill),
                key -> constant(Nd4j.valueArrayOf(new long[] {shape.rows(), shape.columns()}, fill, type)));
    }

    /** An argument that an operation asks for and does not read: memory that nobody touches is never really there. */
    private SDVariable unread(Shape shape) {
        return constants.computeIfAbsent(
                List.of(shape), key -> constant(Nd4j.createUninitialized(type, shape.rows(), shape.columns())));
    }

    SDVariable scalar(double value) {
        return constants.computeIfAbsent(value, key -> constant(Nd4j.scalar(type, value)));
    }

    SDVariable groupMean(int groups, int run) {
        double[] averages = new double[groups * groups * run];
        for (int column = 0; column < groups * run; column++) {
            averages[column / run * groups * run + column] = 1.0 / run;
        }
        INDArray matrix = Nd4j.create(type, groups, (long) groups * run);
        Transfer.write(averages, matrix);
        return constant(matrix);
    }

    private SDVariable constant(INDArray array) {
        return known(graph.constant("constant-" + shapes.size(), array), array.shape());
    }

    SDVariable reshape(SDVariable x, long... shape) {
        long[] arguments = new long[shape.length + 1];
        arguments[0] = -99;
        System.arraycopy(shape, 0, arguments, 1, shape.length);
        return known(one(NativeOperation.RESHAPE, List.of(x), NativeArgs.integers(arguments)), shape);
    }

    /** An elementwise operation: the result has the first input's shape. */
    SDVariable call(NativeOperation operation, List<SDVariable> inputs) {
        return call(operation, inputs, NativeArgs.NONE);
    }

    SDVariable call(NativeOperation operation, List<SDVariable> inputs, NativeArgs arguments) {
        return call(operation, inputs, arguments, shape(inputs.get(0)));
    }

    /** An operation with a result of its own shape. */
    SDVariable call(NativeOperation operation, List<SDVariable> inputs, NativeArgs arguments, long... shape) {
        return known(one(operation, inputs, arguments), shape);
    }

    /** Values over the root, and the average: the same call for the same inputs. */
    List<SDVariable> rootMeanSquare(SDVariable a, SDVariable v, int copiesOfV, NativeArgs arguments) {
        return calls.computeIfAbsent(List.of(a, v, arguments), key -> {
            List<SDVariable> inputs = List.of(a, repeated(v, copiesOfV));
            SDVariable[] both = outputs(NativeOperation.ROOT_MEAN_SQUARE, inputs, arguments, 2);
            return List.of(known(both[0], shape(a)), known(both[1], shape(a)));
        });
    }

    /** The sum of each column of each copy, times a factor, as a product with a constant. */
    SDVariable columnSum(SDVariable x, int copies, double factor) {
        SDVariable factors = filled(new Shape(copies, Math.toIntExact(shape(x)[0] / copies)), factor);
        return copies == 1 ? matmul(factors, x, false, false) : matmulEach(copies, factors, x, false, false);
    }

    /** To each copy of x its row: {@code biasadd} is ND4J's fastest way where there is one row for all. */
    SDVariable addRow(SDVariable x, SDVariable row, int rows) {
        return rows == 1
                ? call(NativeOperation.ADD_ROW, List.of(x, reshape(row, shape(row)[1])))
                : callEach(NativeOperation.ADD, x, rows, row, rows);
    }

    /** An elementwise operation, copy by copy, that repeats a row, a column, a scalar or a single copy. */
    SDVariable callEach(NativeOperation operation, SDVariable x, int copiesOfX, SDVariable y, int copiesOfY) {
        SDVariable a = split(x, copiesOfX);
        SDVariable b = split(y, copiesOfY);
        long[] shape = shape(a);
        Arrays.setAll(shape, i -> Math.max(shape(a)[i], shape(b)[i]));
        SDVariable result = known(one(operation, List.of(a, b), NativeArgs.NONE), shape);
        return reshape(result, shape[0] * shape[1], shape[2]);
    }

    /** One copy for each task. */
    SDVariable repeated(SDVariable x, int copies) {
        return copies == tasks ? x : callEach(NativeOperation.MULTIPLY, filled(new Shape(tasks, 1), 1), tasks, x, 1);
    }

    /** The products of each task's matrices. */
    SDVariable matmulEach(SDVariable a, SDVariable b, boolean transposeA, boolean transposeB) {
        return matmulEach(tasks, a, b, transposeA, transposeB);
    }

    private SDVariable matmulEach(int copies, SDVariable a, SDVariable b, boolean transposeA, boolean transposeB) {
        SDVariable x = split(a, copies);
        SDVariable y = split(b, copies);
        NativeArgs arguments = NativeArgs.integers(transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
        long rows = shape(x)[transposeA ? 2 : 1];
        long columns = shape(y)[transposeB ? 1 : 2];
        SDVariable product = known(one(NativeOperation.PRODUCT, List.of(x, y), arguments), copies, rows, columns);
        return reshape(product, copies * rows, columns);
    }

    private SDVariable split(SDVariable x, int copies) {
        return reshape(x, copies, shape(x)[0] / copies, shape(x)[1]);
    }

    SDVariable transform(Transform transform, SDVariable x) {
        return withOwnNames(() -> known(transform.emit(graph, x), shape(x)));
    }

    SDVariable matmul(SDVariable a, SDVariable b, boolean transposeA, boolean transposeB) {
        NativeArgs arguments = NativeArgs.integers(transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
        return known(
                one(NativeOperation.PRODUCT, List.of(a, b), arguments),
                shape(a)[transposeA ? 1 : 0],
                shape(b)[transposeB ? 0 : 1]);
    }

    SDVariable convolve(ConvGeometry g, SDVariable x, SDVariable w) {
        SDVariable y = one(NativeOperation.CONVOLUTION, List.of(images(g, x), weights(g, w)), g.nativeArgs());
        known(y, g.images(), g.outHeight(), g.outWidth(), g.filters());
        return reshape(y, g.output().rows(), g.output().columns());
    }

    /** The gradients by x and by w, from one call. */
    List<SDVariable> convolveBack(ConvGeometry g, SDVariable x, SDVariable w, SDVariable dy) {
        SDVariable upstream = reshape(dy, g.images(), g.outHeight(), g.outWidth(), g.filters());
        List<SDVariable> inputs = List.of(images(g, x), weights(g, w), upstream);
        SDVariable[] both = outputs(NativeOperation.CONVOLUTION_GRADIENTS, inputs, g.nativeArgs(), 2);
        known(both[0], g.images(), g.height(), g.width(), g.channels());
        known(both[1], g.kernel(), g.kernel(), g.channels(), g.filters());
        return List.of(
                reshape(both[0], g.input().rows(), g.input().columns()),
                reshape(both[1], g.weights().rows(), g.weights().columns()));
    }

    private SDVariable images(ConvGeometry g, SDVariable x) {
        return reshape(x, g.images(), g.height(), g.width(), g.channels());
    }

    private SDVariable weights(ConvGeometry g, SDVariable w) {
        return reshape(w, g.kernel(), g.kernel(), g.channels(), g.filters());
    }

    SDVariable pool(NativeOperation operation, PoolGeometry g, SDVariable x) {
        SDVariable images = reshape(x, g.images(), g.height(), g.width(), g.channels());
        SDVariable y = one(operation, List.of(images), g.nativeArgs());
        known(y, g.images(), g.outHeight(), g.outWidth(), g.channels());
        return reshape(y, g.output().rows(), g.output().columns());
    }

    /** A quarter of each entry to the four places of its block. */
    SDVariable spread(PoolGeometry g, SDVariable dy) {
        SDVariable images = reshape(unread(g.input()), g.images(), g.height(), g.width(), g.channels());
        SDVariable upstream = reshape(dy, g.images(), g.outHeight(), g.outWidth(), g.channels());
        SDVariable dx = one(NativeOperation.AVERAGE_POOL_GRADIENT, List.of(images, upstream), g.nativeArgs());
        known(dx, g.images(), g.height(), g.width(), g.channels());
        return reshape(dx, g.input().rows(), g.input().columns());
    }

    /**
     * The pixels under the kernel at each position, [images x positions, 9 x channels]: the channels of a row are one
     * wide image for im2col.
     */
    SDVariable unfold(ConvGeometry g, SDVariable x) {
        SDVariable images = reshape(x, g.images(), 1, g.height(), (long) g.width() * g.channels());
        SDVariable columns = known(one(NativeOperation.UNFOLD, List.of(images), g.unfoldArgs()), g.columns());
        SDVariable rows = permute(columns, 0, 4, 5, 1, 2, 3);
        return reshape(rows, g.output().rows(), g.weights().rows());
    }

    /** The adjoint of {@link #unfold}: each pixel's sum over the kernels that it lay under. */
    SDVariable fold(ConvGeometry g, SDVariable x) {
        long width = (long) g.kernel() * g.channels();
        SDVariable rows = reshape(x, g.images(), g.outHeight(), g.outWidth(), 1, g.kernel(), width);
        SDVariable images = one(NativeOperation.FOLD, List.of(permute(rows, 0, 3, 4, 5, 1, 2)), g.foldArgs());
        known(images, g.images(), 1, g.height(), (long) g.width() * g.channels());
        return reshape(images, g.input().rows(), g.channels());
    }

    private SDVariable permute(SDVariable x, int... axes) {
        NativeArgs arguments =
                NativeArgs.integers(Arrays.stream(axes).asLongStream().toArray());
        long[] from = shape(x);
        return known(
                one(NativeOperation.PERMUTE, List.of(x), arguments),
                Arrays.stream(axes).mapToLong(axis -> from[axis]).toArray());
    }

    /** A reduction of each row, [rows, 1]. */
    SDVariable reduceRows(NativeOperation operation, SDVariable x) {
        NativeArgs keepDimensions = new NativeArgs(List.of(1L), List.of(1.0));
        return known(one(operation, List.of(x), keepDimensions), shape(x)[0], 1);
    }

    private SDVariable one(NativeOperation operation, List<SDVariable> inputs, NativeArgs arguments) {
        return outputs(operation, inputs, arguments, 1)[0];
    }

    private SDVariable[] outputs(NativeOperation operation, List<SDVariable> inputs, NativeArgs arguments, int count) {
        return withOwnNames(
                () -> new NativeCall(operation.nativeName(), graph, inputs, arguments, count).outputVariables());
    }

    /**
     * SameDiff tries name after name until one is free, which takes minutes where ten thousand operations begin alike.
     */
    private <T> T withOwnNames(Supplier<T> operation) {
        NameScope scope = graph.withNameScope(Integer.toString(shapes.size()));
        try {
            return operation.get();
        } finally {
            scope.close();
        }
    }

    private long[] shape(SDVariable variable) {
        return Lookup.in(shapes, variable.name()).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private SDVariable known(SDVariable variable, long... shape) {
        shapes.put(variable.name(), Arrays.stream(shape).boxed().toList());
        return variable;
    }
}
