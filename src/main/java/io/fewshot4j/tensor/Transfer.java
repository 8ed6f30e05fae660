package io.fewshot4j.tensor;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bulk copies between the heap and contiguous off-heap arrays (views too). */
public final class Transfer {
    private Transfer() {}

    /** Writes all entries of a float or double array. */
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

    /** Writes all entries of a double array. */
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

    /** Copies a contiguous array into a flat one of its type, from an entry on. */
    public static void copy(INDArray source, INDArray flat, long offset) {
        if (source.dataType() != flat.dataType() || offset + source.length() > flat.length()) {
            throw new IllegalArgumentException(source.length() + " values of " + source.dataType() + " do not fit at "
                    + offset + " of " + flat.length() + " of " + flat.dataType());
        }
        long width = flat.dataType().width();
        Pointer target = new BytePointer(flat.data().addressPointer()).position(offset * width);
        Pointer.memcpy(target, source.data().addressPointer(), source.length() * width);
    }

    /** All entries of a contiguous float or double array. */
    public static double[] read(INDArray source) {
        double[] values = new double[Math.toIntExact(source.length())];
        if (source.dataType() == DataType.DOUBLE) {
            new DoublePointer(source.data().addressPointer()).get(values, 0, values.length);
            return values;
        }
        float[] narrow = new float[values.length];
        new FloatPointer(source.data().addressPointer()).get(narrow, 0, narrow.length);
        Arrays.setAll(values, i -> narrow[i]);
        return values;
    }

    private static void requireLength(long length, INDArray target) {
        if (target.length() != length) {
            throw new IllegalArgumentException(
                    "the target must hold " + length + " values, got room for " + target.length());
        }
    }
}
