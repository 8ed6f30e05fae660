package io.fewshot4j.cuda;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** Numbers and their types in C. */
final class Numbers {
    private Numbers() {}

    /** Type of the entries. */
    static String real(DataType type) {
        return type == DataType.DOUBLE ? "double" : "float";
    }

    /** A finite number of the entries' type. */
    static String literal(double value, DataType type) {
        String text = type == DataType.DOUBLE ? Double.toString(value) : (float) value + "f";
        return text.startsWith("-") ? "(" + text + ")" : text;
    }

    /** Type that holds every index into these arrays, and that of the last block's last thread. */
    static String index(Stream<DeviceArray> arrays) {
        boolean small = arrays.allMatch(array -> array.length() <= 1L << 31);
        return small ? "unsigned int" : "unsigned long long";
    }
}
