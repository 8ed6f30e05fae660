package io.fewshot4j.cpu;

import io.fewshot4j.cpu.Gemm.Operand;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of a convolution by its images. */
public final class ConvolveByPixels implements Runnable {
    private final Operand weights;
    private final Operand upstream;
    private final int filters;
    private final int columns;
    private final Fold fold;

    /** Arrays that {@link Memory#holds} for, the weights with the filters last. */
    public ConvolveByPixels(Windows windows, INDArray weights, INDArray upstream, INDArray gradient) {
        this.weights = new Operand(Memory.pointer(weights), true);
        this.upstream = new Operand(Memory.pointer(upstream), false);
        this.filters = Math.toIntExact(weights.size(-1));
        this.columns = windows.columns();
        this.fold = new Fold(windows, this::rows, gradient);
    }

    private float[] rows(int from, int positions) {
        Scratch scratch = Scratch.ofThread();
        upstream.pointer().position((long) from * filters);
        Gemm.multiply(upstream, weights, scratch.pointer(columns), positions, columns, filters, false);
        return scratch.copied(positions * columns);
    }

    @Override
    public void run() {
        fold.run();
    }
}
