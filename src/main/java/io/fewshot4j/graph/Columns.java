package io.fewshot4j.graph;

import java.util.ArrayList;
import java.util.List;

/** Matrices of any shapes as one column of all their entries, and back. */
public final class Columns {
    private Columns() {}

    /** All entries below each other, [entries, 1]. */
    public static Value join(List<Value> matrices) {
        return Blocks.concatenateRows(matrices.stream()
                .map(matrix -> Ops.reshape(matrix, length(matrix), 1))
                .toList());
    }

    /** The parts of a column that {@link #join} made of matrices shaped like these. */
    public static List<Value> split(Value column, List<Value> like) {
        List<Value> parts = new ArrayList<>();
        int from = 0;
        for (Value matrix : like) {
            Value part = Blocks.rows(column, from, from + length(matrix));
            parts.add(Ops.reshape(part, matrix.rows(), matrix.columns()));
            from += length(matrix);
        }
        return parts;
    }

    private static int length(Value matrix) {
        return Math.toIntExact(matrix.shape().length());
    }
}
