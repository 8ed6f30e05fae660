package io.fewshot4j.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums, differences and products of numbers. */
public final class Arithmetic implements Runnable {
    /** An operation on two numbers. */
    public enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY
    }

    private enum Second {
        NUMBER,
        ROW,
        COLUMN,
        MATRIX
    }

    private final Operation operation;
    private final FloatBuffer x;
    private final FloatBuffer y;
    private final FloatBuffer z;
    private final int columns;
    private final Second second;

    /** Arrays that {@link Memory#holds} and {@link #suits} for: {@code y} may be one row, one column or one number. */
    public Arithmetic(Operation operation, INDArray x, INDArray y, INDArray z) {
        this.operation = operation;
        this.x = Memory.floats(x);
        this.y = Memory.floats(y);
        this.z = Memory.floats(z);
        this.columns = columns(z);
        this.second = second(y, z);
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

    private static Second second(INDArray y, INDArray z) {
        if (y.length() == z.length()) {
            return Second.MATRIX;
        }
        if (y.length() == 1) {
            return Second.NUMBER;
        }
        return rows(y) == 1 ? Second.ROW : Second.COLUMN;
    }

    @Override
    public void run() {
        int length = Math.min(Pieces.length(columns), z.capacity());
        float[] others = others(length);
        Pieces.of(x, z, length, (piece, from, now) -> {
            read(others, from, now);
            combine(piece, others, now);
        });
    }

    /** Writes once what all pieces share. */
    private float[] others(int length) {
        float[] others = Scratch.ofThread().image(length);
        if (second == Second.NUMBER) {
            Arrays.fill(others, 0, length, y.get(0));
        } else if (second == Second.ROW) {
            for (int row = 0; row < length; row += columns) {
                y.get(0, others, row, columns);
            }
        }
        return others;
    }

    private void read(float[] others, int from, int length) {
        if (second == Second.MATRIX) {
            y.get(from, others, 0, length);
        } else if (second == Second.COLUMN) {
            for (int i = 0; i < length; i += columns) {
                Arrays.fill(others, i, i + columns, y.get((from + i) / columns));
            }
        }
    }

    private void combine(float[] piece, float[] others, int length) {
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < length; i++) {
                    piece[i] += others[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < length; i++) {
                    piece[i] -= others[i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < length; i++) {
                    piece[i] *= others[i];
                }
            }
        }
    }
}
