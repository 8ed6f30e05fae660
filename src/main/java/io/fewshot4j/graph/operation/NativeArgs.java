package io.fewshot4j.graph.operation;

import java.util.Arrays;
import java.util.List;

/** The integer and real arguments of a native operation. */
public record NativeArgs(List<Long> integers, List<Double> reals) {
    public NativeArgs {
        integers = List.copyOf(integers);
        reals = List.copyOf(reals);
    }

    /** No arguments. */
    public static final NativeArgs NONE = new NativeArgs(List.of(), List.of());

    /** Integer arguments alone. */
    public static NativeArgs integers(long... values) {
        return new NativeArgs(Arrays.stream(values).boxed().toList(), List.of());
    }

    /** Real arguments alone. */
    public static NativeArgs reals(double... values) {
        return new NativeArgs(List.of(), Arrays.stream(values).boxed().toList());
    }

    public long[] integerArray() {
        return integers.stream().mapToLong(Long::longValue).toArray();
    }

    public double[] realArray() {
        return reals.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
