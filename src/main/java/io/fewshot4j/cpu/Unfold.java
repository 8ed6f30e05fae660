package io.fewshot4j.cpu;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pixels under a kernel at each position, a row for each. */
public final class Unfold implements Runnable {
    private final Windows windows;
    private final ByteBuffer pixels;
    private final ByteBuffer rows;

    /** Arrays that {@link Memory#holds} for. */
    public Unfold(Windows windows, INDArray pixels, INDArray rows) {
        this.windows = windows;
        this.pixels = Memory.bytes(pixels);
        this.rows = Memory.bytes(rows);
    }

    @Override
    public void run() {
        windows.unfold(pixels, 0, windows.positions(), rows);
    }
}
