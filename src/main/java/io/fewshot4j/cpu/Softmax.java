package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The softmax over each row. */
public final class Softmax implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer z;
    private final int columns;

    /** Arrays that {@link Memory#holds}. */
    public Softmax(INDArray x, INDArray z) {
        this.x = Memory.floats(x);
        this.z = Memory.floats(z);
        this.columns = Math.toIntExact(z.size(-1));
    }

    @Override
    public void run() {
        for (int from = 0; from < z.capacity(); from += columns) {
            row(from, from + columns);
        }
    }

    private void row(int from, int to) {
        float largest = x.get(from);
        for (int i = from + 1; i < to; i++) {
            largest = Math.max(largest, x.get(i));
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            double power = Math.exp(x.get(i) - largest);
            z.put(i, (float) power);
            sum += power;
        }
        for (int i = from; i < to; i++) {
            z.put(i, (float) (z.get(i) / sum));
        }
    }
}
