package io.fewshot4j.cpu;

import io.fewshot4j.cpu.Gemm.Operand;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The product of two matrices, or of each pair of two stacks of matrices. */
public final class Product implements Runnable {
    private final Operand a;
    private final Operand b;
    private final FloatPointer c;
    private final int count;

    /** c = a b, on arrays that {@link Memory#holds} for. */
    public Product(INDArray a, INDArray b, INDArray c, boolean transposeA, boolean transposeB) {
        this.a = operand(a, transposeA);
        this.b = operand(b, transposeB);
        this.c = Memory.pointer(c);
        this.count = c.rank() == 3 ? Math.toIntExact(c.size(0)) : 1;
    }

    private static Operand operand(INDArray array, boolean transposed) {
        return new Operand(
                Memory.pointer(array), Math.toIntExact(array.size(-2)), Math.toIntExact(array.size(-1)), transposed);
    }

    @Override
    public void run() {
        for (long i = 0; i < count; i++) {
            a.pointer().position(i * a.rows() * a.columns());
            b.pointer().position(i * b.rows() * b.columns());
            Gemm.multiply(a, b, c.position(i * a.height() * b.width()), false);
        }
    }
}
