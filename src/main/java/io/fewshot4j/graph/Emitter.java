package io.fewshot4j.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes native operations into a SameDiff graph and remembers every variable's shape. Constants are made once. */
final class Emitter {
    private final SameDiff graph = SameDiff.create();
    private final DataType type;
    private final Map<String, List<Long>> shapes = new HashMap<>();
    private final Map<Object, SDVariable> constants = new HashMap<>();

    Emitter(DataType type) {
        this.type = type;
    }

    SameDiff graph() {
        return graph;
    }

    /** The shape of each variable, by name. */
    Map<String, List<Long>> shapes() {
        return shapes;
    }

    SDVariable placeholder(String name, Shape shape) {
        return known(graph.placeHolder(name, type, shape.rows(), shape.columns()), shape.rows(), shape.columns());
    }

    SDVariable filled(Shape shape, double fill) {
        return constants.computeIfAbsent(
                List.of(shape, fill),
                key -> constant(Nd4j.valueArrayOf(new long[] {shape.rows(), shape.columns()}, fill, type)));
    }

    SDVariable scalar(double value) {
        return constants.computeIfAbsent(value, key -> constant(Nd4j.scalar(type, value)));
    }

    SDVariable groupMean(int groups, int run) {
        INDArray averages = Nd4j.create(type, groups, (long) groups * run);
        for (int group = 0; group < groups; group++) {
            for (int i = 0; i < run; i++) {
                averages.putScalar(group, (long) group * run + i, 1.0 / run);
            }
        }
        return constant(averages);
    }

    private SDVariable constant(INDArray array) {
        return known(graph.constant("constant-" + shapes.size(), array), array.shape());
    }

    SDVariable reshape(SDVariable x, long... shape) {
        long[] arguments = new long[shape.length + 1];
        arguments[0] = -99;
        System.arraycopy(shape, 0, arguments, 1, shape.length);
        return known(one("reshape", List.of(x), NativeArgs.integers(arguments)), shape);
    }

    /** An elementwise operation: the result has the first input's shape. */
    SDVariable call(String name, List<SDVariable> inputs) {
        return call(name, inputs, NativeArgs.NONE);
    }

    SDVariable call(String name, List<SDVariable> inputs, NativeArgs arguments) {
        return known(one(name, inputs, arguments), shape(inputs.get(0)));
    }

    /** The mean of each column times a factor, as a product with a constant row. */
    SDVariable columnMean(SDVariable x, int rows, double factor) {
        return matmul(filled(new Shape(1, rows), factor / rows), x, false, false);
    }

    /** x plus a row: ND4J's fastest way. */
    SDVariable addRow(SDVariable x, SDVariable row) {
        return call("biasadd", List.of(x, reshape(row, shape(row)[1])));
    }

    SDVariable step(SDVariable x) {
        return known(graph.math().step(x, 0), shape(x));
    }

    SDVariable matmul(SDVariable a, SDVariable b, boolean transposeA, boolean transposeB) {
        NativeArgs arguments = NativeArgs.integers(transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
        return known(
                one("matmul", List.of(a, b), arguments), shape(a)[transposeA ? 1 : 0], shape(b)[transposeB ? 0 : 1]);
    }

    SDVariable convolve(ConvGeometry g, SDVariable x, SDVariable w) {
        SDVariable y = one("conv2d", List.of(images(g, x), weights(g, w)), g.nativeArgs());
        known(y, g.images(), g.outHeight(), g.outWidth(), g.filters());
        return reshape(y, g.output().rows(), g.output().columns());
    }

    /** The gradients by x and by w, from one call. */
    List<SDVariable> convolveBack(ConvGeometry g, SDVariable x, SDVariable w, SDVariable dy) {
        SDVariable upstream = reshape(dy, g.images(), g.outHeight(), g.outWidth(), g.filters());
        List<SDVariable> inputs = List.of(images(g, x), weights(g, w), upstream);
        SDVariable[] both = new NativeCall("conv2d_bp", graph, inputs, g.nativeArgs(), 2).outputVariables();
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

    SDVariable pool(String name, PoolGeometry g, SDVariable x) {
        SDVariable images = reshape(x, g.images(), g.height(), g.width(), g.channels());
        SDVariable y = one(name, List.of(images), g.nativeArgs());
        known(y, g.images(), g.height() / 2, g.width() / 2, g.channels());
        return reshape(y, g.output().rows(), g.output().columns());
    }

    SDVariable poolBack(String name, PoolGeometry g, SDVariable x, SDVariable dy) {
        SDVariable images = reshape(x, g.images(), g.height(), g.width(), g.channels());
        SDVariable upstream = reshape(dy, g.images(), g.height() / 2, g.width() / 2, g.channels());
        SDVariable dx = one(name, List.of(images, upstream), g.nativeArgs());
        known(dx, g.images(), g.height(), g.width(), g.channels());
        return reshape(dx, g.input().rows(), g.input().columns());
    }

    /** A reduction of each row, [rows, 1]. */
    SDVariable reduceRows(String name, SDVariable x) {
        NativeArgs keepDimensions = new NativeArgs(List.of(1L), List.of(1.0));
        return known(one(name, List.of(x), keepDimensions), shape(x)[0], 1);
    }

    private SDVariable one(String name, List<SDVariable> inputs, NativeArgs arguments) {
        return new NativeCall(name, graph, inputs, arguments, 1).outputVariables()[0];
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
