package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums, differences and products of few numbers, which take less than a native call. */
public final class Arithmetic implements Runnable {
    private static final int FEW = 2048;

    /** What is done with two numbers. */
    public enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY
    }

    private final Operation operation;
    private final FloatBuffer x;
    private final FloatBuffer y;
    private final FloatBuffer z;
    private final int step;

    /** Arrays that {@link Memory#holds} and {@link #suits} for. */
    public Arithmetic(Operation operation, INDArray x, INDArray y, INDArray z) {
        this.operation = operation;
        this.x = Memory.floats(x);
        this.y = Memory.floats(y);
        this.z = Memory.floats(z);
        this.step = y.length() == 1 ? 0 : 1;
    }

    /** Whether there are few, and of one shape but for {@code y}, which may be a single number. */
    public static boolean suits(INDArray x, INDArray y, INDArray z) {
        return z.length() <= FEW
                && Arrays.equals(x.shape(), z.shape())
                && (y.length() == 1 || Arrays.equals(y.shape(), z.shape()));
    }

    @Override
    public void run() {
        int length = z.capacity();
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < length; i++) {
                    z.put(i, x.get(i) + y.get(i * step));
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < length; i++) {
                    z.put(i, x.get(i) - y.get(i * step));
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < length; i++) {
                    z.put(i, x.get(i) * y.get(i * step));
                }
            }
        }
    }
}
