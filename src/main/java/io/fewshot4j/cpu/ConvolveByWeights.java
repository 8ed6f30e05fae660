package io.fewshot4j.cpu;

import io.fewshot4j.cpu.Gemm.Operand;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of a convolution by its weights. */
public final class ConvolveByWeights implements Runnable {
    private final Windows windows;
    private final ByteBuffer pixels;
    private final FloatPointer upstream;
    private final FloatPointer gradient;
    private final int filters;

    /** Arrays that {@link Memory#holds} for, the gradient with the filters last. */
    public ConvolveByWeights(Windows windows, INDArray pixels, INDArray upstream, INDArray gradient) {
        this.windows = windows;
        this.pixels = Memory.bytes(pixels);
        this.upstream = Memory.pointer(upstream);
        this.gradient = Memory.pointer(gradient);
        this.filters = Math.toIntExact(gradient.size(-1));
    }

    @Override
    public void run() {
        windows.blocks(pixels, (rows, from, positions) -> {
            Operand some = new Operand(rows, positions, windows.columns(), true);
            Operand above = new Operand(upstream.position((long) from * filters), positions, filters, false);
            Gemm.multiply(some, above, gradient, from > 0);
        });
    }
}
