package io.fewshot4j.graph;

/** Every value of a graph is a matrix in c-order; images lie in it as [images x height x width, channels]. */
public record Shape(int rows, int columns) {
    public Shape {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix must be at least 1x1, got " + rows + "x" + columns);
        }
    }

    /** Values in it. */
    public long length() {
        return (long) rows * columns;
    }

    /** Whether it is 1x1. */
    public boolean isScalar() {
        return rows == 1 && columns == 1;
    }

    /** Rows and columns exchanged. */
    @SuppressWarnings("ArgumentSelectionDefectChecker")
    Shape transposed() {
        return new Shape(columns, rows);
    }

    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
