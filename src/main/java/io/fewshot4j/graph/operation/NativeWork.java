package io.fewshot4j.graph.operation;

import java.util.List;

/**
 * Floating-point operations of a native operation by the shapes of its operands and results, two for each
 * multiplication.
 */
@FunctionalInterface
interface NativeWork {
    NativeWork NONE = (inputs, outputs, arguments) -> 0;

    NativeWork PRODUCT = (inputs, outputs, arguments) -> {
        List<Long> left = inputs.get(0);
        boolean isTransposed = arguments.integers().get(0) == 1;
        return 2.0 * left.get(left.size() - (isTransposed ? 2 : 1)) * length(outputs.get(0));
    };

    NativeWork SOLVE = (inputs, outputs, arguments) -> 8.0 / 3 * last(outputs.get(0)) * length(outputs.get(0));

    NativeWork CONVOLUTION = (inputs, outputs, arguments) -> convolution(outputs.get(0), inputs.get(1));

    NativeWork CONVOLUTION_GRADIENTS = (inputs, outputs, arguments) -> 2 * convolution(inputs.get(2), inputs.get(1));

    double of(List<List<Long>> inputs, List<List<Long>> outputs, NativeArgs arguments);

    private static double convolution(List<Long> positions, List<Long> weights) {
        return 2.0 * length(positions) * length(weights) / last(weights);
    }

    private static long last(List<Long> shape) {
        return shape.get(shape.size() - 1);
    }

    private static long length(List<Long> shape) {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
