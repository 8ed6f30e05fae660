package io.fewshot4j.graph;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Matrices the plain way, to compare with. */
final class Matrix {
    private final Shape shape;
    private final double[] entries;

    Matrix(Shape shape, double[] entries) {
        this.shape = shape;
        this.entries = entries;
    }

    /** An entry by row and column. */
    @FunctionalInterface
    interface Entry {
        double at(int row, int column);
    }

    static Matrix of(int rows, int columns, Entry entry) {
        double[] entries = new double[rows * columns];
        Arrays.setAll(entries, i -> entry.at(i / columns, i % columns));
        return new Matrix(new Shape(rows, columns), entries);
    }

    Shape shape() {
        return shape;
    }

    double[] entries() {
        return entries;
    }

    double largest() {
        return Arrays.stream(entries).map(Math::abs).max().orElseThrow();
    }

    /** An entry; a single row or column stands for any. */
    double at(int row, int column) {
        int r = shape.rows() == 1 ? 0 : row;
        int c = shape.columns() == 1 ? 0 : column;
        return entries[r * shape.columns() + c];
    }

    Matrix map(DoubleUnaryOperator function) {
        return new Matrix(shape, Arrays.stream(entries).map(function).toArray());
    }

    Matrix combine(Matrix other, DoubleBinaryOperator function) {
        int rows = Math.max(shape.rows(), other.shape.rows());
        int columns = Math.max(shape.columns(), other.shape.columns());
        return of(rows, columns, (r, c) -> function.applyAsDouble(at(r, c), other.at(r, c)));
    }

    Matrix transposed() {
        return of(shape.columns(), shape.rows(), (r, c) -> at(c, r));
    }

    Matrix times(Matrix other) {
        return of(shape.rows(), other.shape.columns(), (r, c) -> {
            double sum = 0;
            for (int k = 0; k < shape.columns(); k++) {
                sum += at(r, k) * other.at(k, c);
            }
            return sum;
        });
    }

    Matrix columnSum() {
        return of(1, shape.rows(), (r, c) -> 1).times(this);
    }

    Matrix rowSum() {
        return times(of(shape.columns(), 1, (r, c) -> 1));
    }

    Matrix repeated(Shape to) {
        return of(to.rows(), to.columns(), this::at);
    }

    Matrix reshaped(int rows, int columns) {
        return new Matrix(new Shape(rows, columns), entries);
    }

    Matrix softmax() {
        Matrix exponentials = map(Math::exp);
        return exponentials.combine(exponentials.rowSum(), (e, sum) -> e / sum);
    }
}
