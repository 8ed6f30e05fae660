package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers to the power of one number. */
public final class Power implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer exponent;
    private final FloatBuffer z;

    /** Arrays that {@link Memory#holds}; {@code exponent} is one number. */
    public Power(INDArray x, INDArray exponent, INDArray z) {
        this.x = Memory.floats(x);
        this.exponent = Memory.floats(exponent);
        this.z = Memory.floats(z);
    }

    @Override
    public void run() {
        double power = exponent.get(0);
        for (int i = 0; i < z.capacity(); i++) {
            z.put(i, (float) Math.pow(x.get(i), power));
        }
    }
}
