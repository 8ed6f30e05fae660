package io.fewshot4j.graph;

import java.util.List;

/** Matrices made of whole rows and columns of others. Where tasks have a matrix each, all happens within each task. */
public final class Blocks {
    private Blocks() {}

    /**
     * Columns and rows exchanged. Products do it by themselves: see {@link Ops#matmul(Value, Value, boolean, boolean)}.
     */
    public static Value transpose(Value a) {
        return a.rows() == 1 || a.columns() == 1
                ? Ops.reshape(a, a.columns(), a.rows())
                : Ops.linear(a, x -> Ops.make(new Shaping.Transpose(), x));
    }

    /** Matrices of equally many rows, side by side. */
    public static Value concatenateColumns(List<Value> parts) {
        return concatenate(Slices.Axis.COLUMNS, parts);
    }

    /** Matrices of equally many columns, below each other. */
    public static Value concatenateRows(List<Value> parts) {
        return concatenate(Slices.Axis.ROWS, parts);
    }

    /** Columns {@code from} (included) to {@code to} (excluded). */
    public static Value columns(Value a, int from, int to) {
        return slice(a, Slices.Axis.COLUMNS, from, to);
    }

    /** Rows {@code from} (included) to {@code to} (excluded). */
    public static Value rows(Value a, int from, int to) {
        return slice(a, Slices.Axis.ROWS, from, to);
    }

    /** The whole matrix, {@code times} times below itself. */
    public static Value tile(Value a, int times) {
        return repeatRows(a, a.rows(), times);
    }

    /** Each run of {@code block} rows, {@code times} times before the next. */
    public static Value repeatRows(Value a, int block, int times) {
        return times == 1 ? a : Ops.linear(a, x -> Ops.make(new Repetition.Repeat(block, times), x));
    }

    private static Value concatenate(Slices.Axis axis, List<Value> parts) {
        return parts.size() == 1 ? parts.get(0) : Ops.make(new Slices.Concatenate(axis), parts.toArray(new Value[0]));
    }

    static Value slice(Value a, Slices.Axis axis, int from, int to) {
        return from == 0 && to == axis.length(a.shape())
                ? a
                : Ops.linear(a, x -> Ops.make(new Slices.Slice(axis, from, to), x));
    }
}
