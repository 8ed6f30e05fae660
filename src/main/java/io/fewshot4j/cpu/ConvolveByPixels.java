package io.fewshot4j.cpu;

import io.fewshot4j.cpu.Gemm.Operand;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of a convolution by its images. */
public final class ConvolveByPixels implements Runnable {
    private final Operand weights;
    private final FloatPointer upstream;
    private final int filters;
    private final int columns;
    private final Fold fold;

    /** Arrays that {@link Memory#holds} for, the weights with the filters last. */
    public ConvolveByPixels(Windows windows, INDArray weights, INDArray upstream, INDArray gradient) {
        this.upstream = Memory.pointer(upstream);
        this.filters = Math.toIntExact(weights.size(-1));
        this.columns = windows.columns();
        this.weights = new Operand(Memory.pointer(weights), columns, filters, true);
        this.fold = new Fold(windows, this::rows, gradient);
    }

    private float[] rows(int from, int positions) {
        Scratch scratch = Scratch.ofThread();
        Operand some = new Operand(upstream.position((long) from * filters), positions, filters, false);
        Gemm.multiply(some, weights, scratch.pointer(columns), false);
        return scratch.copied(positions * columns);
    }

    @Override
    public void run() {
        fold.run();
    }
}
