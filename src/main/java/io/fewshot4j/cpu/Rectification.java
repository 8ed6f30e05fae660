package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The positive part of numbers, or one for each positive number. */
public final class Rectification implements Runnable {
    private static final float LARGE = 1e38f;

    private final FloatBuffer x;
    private final FloatBuffer z;
    private final Pieces.Loop loop;

    /**
     * Arrays that {@link Memory#holds}.
     *
     * @param step whether positive numbers become 1
     */
    public Rectification(INDArray x, INDArray z, boolean step) {
        this.x = Memory.floats(x);
        this.z = Memory.floats(z);
        this.loop = step ? Rectification::step : Rectification::positivePart;
    }

    @Override
    public void run() {
        Pieces.of(x, z, Pieces.length(1), loop);
    }

    private static void positivePart(float[] piece, int from, int length) {
        for (int i = 0; i < length; i++) {
            piece[i] = Math.max(piece[i], 0);
        }
    }

    /** Without a branch: the smallest positive number times LARGE twice is more than one. */
    private static void step(float[] piece, int from, int length) {
        for (int i = 0; i < length; i++) {
            piece[i] = Math.min(Math.max(piece[i], 0) * LARGE * LARGE, 1);
        }
    }
}
