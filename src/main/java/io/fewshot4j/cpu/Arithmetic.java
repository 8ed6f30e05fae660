package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums, differences and products of numbers. */
public final class Arithmetic implements Runnable {
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
    private final int columns;
    private final int below;
    private final int right;

    /** Arrays that {@link Memory#holds} and {@link #suits} for: {@code y} may be one row, one column or one number. */
    public Arithmetic(Operation operation, INDArray x, INDArray y, INDArray z) {
        this.operation = operation;
        this.x = Memory.floats(x);
        this.y = Memory.floats(y);
        this.z = Memory.floats(z);
        this.columns = columns(z);
        this.right = columns(y) == 1 ? 0 : 1;
        this.below = y.length() == columns(y) ? 0 : columns(y);
    }

    /** Whether they are matrices that fit. */
    public static boolean suits(INDArray x, INDArray y, INDArray z) {
        boolean columnsFit = columns(y) == columns(z) || columns(y) == 1;
        boolean rowsFit = rows(y) == rows(z) || rows(y) == 1;
        return z.rank() <= 2 && y.rank() <= 2 && x.equalShapes(z) && columnsFit && rowsFit;
    }

    private static int columns(INDArray array) {
        return array.rank() == 0 ? 1 : Math.toIntExact(array.size(-1));
    }

    private static int rows(INDArray array) {
        return Math.toIntExact(array.length() / columns(array));
    }

    @Override
    public void run() {
        int rows = z.capacity() / columns;
        for (int row = 0; row < rows; row++) {
            switch (operation) {
                case ADD -> {
                    for (int i = row * columns, j = row * below; i < (row + 1) * columns; i++, j += right) {
                        z.put(i, x.get(i) + y.get(j));
                    }
                }
                case SUBTRACT -> {
                    for (int i = row * columns, j = row * below; i < (row + 1) * columns; i++, j += right) {
                        z.put(i, x.get(i) - y.get(j));
                    }
                }
                case MULTIPLY -> {
                    for (int i = row * columns, j = row * below; i < (row + 1) * columns; i++, j += right) {
                        z.put(i, x.get(i) * y.get(j));
                    }
                }
            }
        }
    }
}
