package io.fewshot4j.cuda;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places of an array's entries in another's memory: entry i, whose indices along axes of these sizes are i0, i1, ...,
 * lies at {@code offset + i0 strides0 + i1 strides1 + ...}. Axes that can be one are one.
 *
 * @param sizes at least 2 each; of an array with one entry there are none
 * @param strides 0 along an axis that is repeated
 */
record Strided(List<Long> sizes, List<Long> strides, long offset) {
    Strided {
        List<Long> joinedSizes = new ArrayList<>();
        List<Long> joinedStrides = new ArrayList<>();
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            int last = joinedSizes.size() - 1;
            long size = sizes.get(axis);
            if (last >= 0 && strides.get(axis) == joinedSizes.get(last) * joinedStrides.get(last)) {
                joinedSizes.set(last, joinedSizes.get(last) * size);
            } else if (size > 1) {
                joinedSizes.add(size);
                joinedStrides.add(strides.get(axis));
            }
        }
        Collections.reverse(joinedSizes);
        Collections.reverse(joinedStrides);
        sizes = List.copyOf(joinedSizes);
        strides = List.copyOf(joinedStrides);
    }

    /** An array repeated along axes of length 1, and along axes that it lacks, as ND4J repeats operands. */
    static Strided repeated(List<Long> from, List<Long> to) {
        int lacking = to.size() - from.size();
        List<Long> own = strides(from);
        return new Strided(
                to,
                IntStream.range(0, to.size())
                        .mapToObj(
                                axis -> axis < lacking || from.get(axis - lacking) == 1 ? 0L : own.get(axis - lacking))
                        .toList(),
                0);
    }

    /** A part of an array. */
    static Strided part(List<Long> from, List<Long> begin, List<Long> size) {
        List<Long> own = strides(from);
        long offset = IntStream.range(0, from.size())
                .mapToLong(axis -> begin.get(axis) * own.get(axis))
                .sum();
        return new Strided(size, own, offset);
    }

    /** An array with its axes in another order. */
    static Strided transposed(List<Long> from, List<Long> axes) {
        List<Long> own = strides(from);
        return new Strided(
                axes.stream().map(axis -> from.get(axis.intValue())).toList(),
                axes.stream().map(axis -> own.get(axis.intValue())).toList(),
                0);
    }

    private static List<Long> strides(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long inner = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides[axis] = inner;
            inner *= shape.get(axis);
        }
        return List.of(strides);
    }

    /** Whether entry i lies at i. */
    boolean isPlain() {
        return offset == 0 && (sizes.isEmpty() || (sizes.size() == 1 && strides.get(0) == 1));
    }

    /** Index in C, of an entry number {@code i}. */
    String index() {
        List<String> terms = new ArrayList<>();
        long inner = 1;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            long stride = strides.get(axis);
            if (stride != 0) {
                String index = (inner == 1 ? "i" : "i / " + inner) + (axis == 0 ? "" : " % " + sizes.get(axis));
                terms.add(stride == 1 ? index : index + " * " + stride);
            }
            inner *= sizes.get(axis);
        }
        if (offset > 0 || terms.isEmpty()) {
            terms.add(Long.toString(offset));
        }
        return String.join(" + ", terms);
    }
}
