package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sum for each pixel over the kernels that it lay under: the adjoint of {@link Unfold}. */
public final class Fold implements Runnable {
    private final Windows windows;
    private final FloatBuffer pixels;
    private final Rows rows;

    /** Source of some rows. */
    @FunctionalInterface
    interface Rows {
        /** Rows of so many positions: the floats are read before the next call. */
        float[] of(int from, int positions);
    }

    /** Arrays that {@link Memory#holds} for. */
    public Fold(Windows windows, INDArray rows, INDArray pixels) {
        this(windows, rows(windows, Memory.floats(rows)), pixels);
    }

    Fold(Windows windows, Rows rows, INDArray pixels) {
        this.windows = windows;
        this.pixels = Memory.floats(pixels);
        this.rows = rows;
    }

    private static Rows rows(Windows windows, FloatBuffer rows) {
        int columns = windows.columns();
        return (from, positions) -> {
            float[] some = Scratch.ofThread().block(positions * columns);
            rows.get(from * columns, some, 0, positions * columns);
            return some;
        };
    }

    /** Takes as many images at a time as have rows that fit into the cache, or one. */
    @Override
    public void run() {
        int most = Scratch.rows(windows.columns());
        int group = Math.max(1, most / windows.positionsOfImage());
        for (int image = 0; image < windows.images(); image += group) {
            fold(image, Math.min(group, windows.images() - image), most);
        }
    }

    private void fold(int image, int images, int most) {
        int length = images * windows.pixelsOfImage();
        float[] sums = Scratch.ofThread().image(length);
        Arrays.fill(sums, 0, length, 0);
        int positions = images * windows.positionsOfImage();
        for (int from = 0; from < positions; from += most) {
            int count = Math.min(most, positions - from);
            windows.fold(rows.of(image * windows.positionsOfImage() + from, count), from, count, sums);
        }
        pixels.put(image * windows.pixelsOfImage(), sums, 0, length);
    }
}
