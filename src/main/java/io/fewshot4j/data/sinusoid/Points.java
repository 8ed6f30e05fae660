package io.fewshot4j.data.sinusoid;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Inputs and the values of a function there. */
public record Points(List<Double> x, List<Double> y) {
    public Points {
        x = List.copyOf(x);
        y = List.copyOf(y);
        if (x.size() != y.size()) {
            throw new IllegalArgumentException("points must have a y for each x, got " + x.size() + " and " + y.size());
        }
    }

    /** A function's. */
    public static Points on(DoubleUnaryOperator function, DoubleStream x) {
        List<Double> inputs = x.boxed().toList();
        return new Points(inputs, inputs.stream().map(function::applyAsDouble).toList());
    }

    /** Some of them: from one index up to another. */
    public Points part(int from, int to) {
        return new Points(x.subList(from, to), y.subList(from, to));
    }

    public int count() {
        return x.size();
    }
}
