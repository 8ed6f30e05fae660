package io.fewshot4j.tensor;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/** The number types that npy files are read and written with. */
enum NpyType {
    DOUBLE("<f8", DataType.DOUBLE),
    FLOAT("<f4", DataType.FLOAT),
    LONG("<i8", DataType.INT64),
    INT("<i4", DataType.INT32),
    BYTE("|u1", DataType.UINT8),
    TRUTH("|b1", DataType.BOOL);

    private final String code;
    private final DataType type;

    NpyType(String code, DataType type) {
        this.code = code;
        this.type = type;
    }

    /** NumPy's name, such as {@code <f8}. */
    String code() {
        return code;
    }

    DataType type() {
        return type;
    }

    static Optional<NpyType> of(String code) {
        return Arrays.stream(values()).filter(t -> t.code.equals(code)).findFirst();
    }

    static NpyType of(DataType type) {
        return Arrays.stream(values())
                .filter(t -> t.type == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("npy files hold " + codes() + ", got " + type));
    }

    static String codes() {
        return Arrays.stream(values()).map(NpyType::code).collect(Collectors.joining(", "));
    }
}
