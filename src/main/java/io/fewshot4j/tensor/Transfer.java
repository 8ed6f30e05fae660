package io.fewshot4j.tensor;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bulk copies between the heap and contiguous off-heap arrays. */
public final class Transfer {
    private Transfer() {}

    /** Writes all entries of a float or double array that begins its buffer. */
    public static void write(float[] values, INDArray target) {
        requireLength(values.length, target);
        if (target.dataType() == DataType.FLOAT) {
            new FloatPointer(target.data().addressPointer()).put(values, 0, values.length);
        } else {
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            write(wide, target);
        }
    }

    /** Writes all entries of a double array that begins its buffer. */
    public static void write(double[] values, INDArray target) {
        requireLength(values.length, target);
        if (target.dataType() == DataType.DOUBLE) {
            new DoublePointer(target.data().addressPointer()).put(values, 0, values.length);
        } else {
            float[] narrow = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                narrow[i] = (float) values[i];
            }
            write(narrow, target);
        }
    }

    private static void requireLength(long length, INDArray target) {
        if (target.length() != length || target.offset() != 0) {
            throw new IllegalArgumentException("the target must hold " + length + " values from offset 0, got "
                    + target.length() + " from " + target.offset());
        }
    }
}
