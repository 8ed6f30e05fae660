package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The positive part of numbers, or one for each positive number. */
public final class Rectification implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer z;
    private final boolean step;

    /**
     * Arrays that {@link Memory#holds}.
     *
     * @param step whether positive numbers become 1
     */
    public Rectification(INDArray x, INDArray z, boolean step) {
        this.x = Memory.floats(x);
        this.z = Memory.floats(z);
        this.step = step;
    }

    @Override
    public void run() {
        int length = z.capacity();
        if (step) {
            for (int i = 0; i < length; i++) {
                z.put(i, x.get(i) > 0 ? 1 : 0);
            }
        } else {
            for (int i = 0; i < length; i++) {
                z.put(i, Math.max(x.get(i), 0));
            }
        }
    }
}
