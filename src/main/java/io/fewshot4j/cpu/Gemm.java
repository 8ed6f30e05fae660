package io.fewshot4j.cpu;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** OpenBLAS's product of two matrices in c-order. */
final class Gemm {
    private Gemm() {}

    /**
     * A matrix from where its pointer stands.
     *
     * @param rows as it lies in memory
     * @param columns as it lies in memory
     * @param transposed whether the operand is its transpose
     */
    record Operand(FloatPointer pointer, int rows, int columns, boolean transposed) {
        int height() {
            return transposed ? columns : rows;
        }

        int width() {
            return transposed ? rows : columns;
        }

        private Operand transpose() {
            return new Operand(pointer, rows, columns, !transposed);
        }

        private int transposition() {
            return transposed ? openblas.CblasTrans : openblas.CblasNoTrans;
        }
    }

    /** c = a b, or c + a b. */
    static void multiply(Operand a, Operand b, FloatPointer c, boolean add) {
        float beta = add ? 1 : 0;
        if (a.height() == 1) {
            vector(b.transpose(), a.pointer(), c, beta);
        } else if (b.width() == 1) {
            vector(a, b.pointer(), c, beta);
        } else {
            openblas.cblas_sgemm(
                    openblas.CblasRowMajor,
                    a.transposition(),
                    b.transposition(),
                    a.height(),
                    b.width(),
                    a.width(),
                    1,
                    a.pointer(),
                    a.columns(),
                    b.pointer(),
                    b.columns(),
                    beta,
                    c,
                    b.width());
        }
    }

    /** y = matrix x, ten times as fast as a product with a matrix of one row or column. */
    private static void vector(Operand matrix, FloatPointer x, FloatPointer y, float beta) {
        openblas.cblas_sgemv(
                openblas.CblasRowMajor,
                matrix.transposition(),
                matrix.rows(),
                matrix.columns(),
                1,
                matrix.pointer(),
                matrix.columns(),
                x,
                1,
                beta,
                y,
                1);
    }
}
