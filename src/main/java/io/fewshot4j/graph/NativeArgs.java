package io.fewshot4j.graph;

import java.util.Arrays;
import java.util.List;

/** The integer and real arguments of a native operation. */
record NativeArgs(List<Long> integers, List<Double> reals) {
    static final NativeArgs NONE = new NativeArgs(List.of(), List.of());

    static NativeArgs integers(long... values) {
        return new NativeArgs(Arrays.stream(values).boxed().toList(), List.of());
    }

    static NativeArgs reals(double... values) {
        return new NativeArgs(List.of(), Arrays.stream(values).boxed().toList());
    }

    long[] integerArray() {
        return integers.stream().mapToLong(Long::longValue).toArray();
    }

    double[] realArray() {
        return reals.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
