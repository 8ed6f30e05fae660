package io.fewshot4j.cpu;

import io.fewshot4j.cpu.Gemm.Operand;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution as products of some positions' rows, unfolded into the cache, with the weights. */
public final class Convolve implements Runnable {
    private final Windows windows;
    private final ByteBuffer pixels;
    private final Operand weights;
    private final FloatPointer output;
    private final int filters;

    /** Arrays that {@link Memory#holds} for, the weights with the filters last. */
    public Convolve(Windows windows, INDArray pixels, INDArray weights, INDArray output) {
        this.windows = windows;
        this.pixels = Memory.bytes(pixels);
        this.output = Memory.pointer(output);
        this.filters = Math.toIntExact(weights.size(-1));
        this.weights = new Operand(Memory.pointer(weights), windows.columns(), filters, false);
    }

    @Override
    public void run() {
        windows.blocks(pixels, (rows, from, positions) -> {
            Operand some = new Operand(rows, positions, windows.columns(), false);
            Gemm.multiply(some, weights, output.position((long) from * filters), false);
        });
    }
}
