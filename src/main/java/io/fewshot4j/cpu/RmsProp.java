package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** RMSProp's moving average of squares, and values over its root. */
public final class RmsProp implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer before;
    private final FloatBuffer scaled;
    private final FloatBuffer average;
    private final float decay;
    private final float share;
    private final float epsilon;

    /**
     * Arrays of one length that {@link Memory#holds}.
     *
     * @param before the average so far
     * @param scaled is given {@code x / (sqrt(average) + epsilon)}
     * @param average is given {@code decay before + (1 - decay) x^2}
     */
    public RmsProp(INDArray x, INDArray before, INDArray scaled, INDArray average, double decay, double epsilon) {
        this.x = Memory.floats(x);
        this.before = Memory.floats(before);
        this.scaled = Memory.floats(scaled);
        this.average = Memory.floats(average);
        this.decay = (float) decay;
        this.share = (float) (1 - decay);
        this.epsilon = (float) epsilon;
    }

    @Override
    public void run() {
        int length = Pieces.length(1);
        float[] averages = Scratch.ofThread().image(length);
        Pieces.of(x, scaled, length, (piece, from, now) -> {
            before.get(from, averages, 0, now);
            update(piece, averages, now);
            average.put(from, averages, 0, now);
        });
    }

    private void update(float[] values, float[] averages, int length) {
        for (int i = 0; i < length; i++) {
            averages[i] = decay * averages[i] + share * values[i] * values[i];
        }
        for (int i = 0; i < length; i++) {
            values[i] /= (float) Math.sqrt(averages[i]) + epsilon;
        }
    }
}
