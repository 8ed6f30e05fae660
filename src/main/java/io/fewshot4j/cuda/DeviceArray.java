package io.fewshot4j.cuda;

import java.util.List;

/**
 * An array in the memory of an executor on the device, in c-order.
 *
 * @param offset its first entry, counted from the beginning of that memory
 */
record DeviceArray(long offset, List<Long> shape) {
    DeviceArray {
        shape = List.copyOf(shape);
    }

    long length() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    /** The length of an axis, counted from the last as -1. */
    long size(int axis) {
        return shape.get(shape.size() + axis);
    }

    boolean overlaps(DeviceArray other) {
        return offset < other.offset + other.length() && other.offset < offset + length();
    }

    /** Whether it has the same entries, in whatever shape. */
    boolean isAt(DeviceArray other) {
        return offset == other.offset && length() == other.length();
    }
}
