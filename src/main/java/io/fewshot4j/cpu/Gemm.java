package io.fewshot4j.cpu;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** OpenBLAS's product of two matrices in c-order. */
final class Gemm {
    private Gemm() {}

    /** A matrix from where its pointer stands; as an operand, transposed or not. */
    record Operand(FloatPointer pointer, boolean transposed) {}

    /** c = a b, or c + a b: [rows, inner] times [inner, columns]. */
    static void multiply(Operand a, Operand b, FloatPointer c, int rows, int columns, int inner, boolean add) {
        float beta = add ? 1 : 0;
        if (rows == 1) {
            vector(b, !b.transposed(), inner, columns, a.pointer(), c, beta);
        } else if (columns == 1) {
            vector(a, a.transposed(), inner, rows, b.pointer(), c, beta);
        } else {
            openblas.cblas_sgemm(
                    openblas.CblasRowMajor,
                    transposition(a.transposed()),
                    transposition(b.transposed()),
                    rows,
                    columns,
                    inner,
                    1,
                    a.pointer(),
                    a.transposed() ? rows : inner,
                    b.pointer(),
                    b.transposed() ? inner : columns,
                    beta,
                    c,
                    columns);
        }
    }

    /** A product with a vector of {@code inner} entries, ten times as fast as that of a matrix with one row or column. */
    private static void vector(
            Operand matrix, boolean transpose, int inner, int outer, FloatPointer x, FloatPointer y, float beta) {
        int rows = transpose ? inner : outer;
        int columns = transpose ? outer : inner;
        openblas.cblas_sgemv(
                openblas.CblasRowMajor,
                transposition(transpose),
                rows,
                columns,
                1,
                matrix.pointer(),
                columns,
                x,
                1,
                beta,
                y,
                1);
    }

    private static int transposition(boolean transposed) {
        return transposed ? openblas.CblasTrans : openblas.CblasNoTrans;
    }
}
