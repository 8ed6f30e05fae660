package io.fewshot4j.tensor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** Bulk copies between the heap and float or double arrays, on whichever device those are. */
public final class Transfer {
    private Transfer() {}

    /** Writes all entries of a contiguous array (a view too). */
    public static void write(float[] values, INDArray target) {
        requireLength(values.length, target);
        write(values, target, 0);
    }

    /** Writes some entries of a contiguous array (a view too), from {@code offset} on. */
    public static void write(float[] values, INDArray target, long offset) {
        if (offset < 0 || offset + values.length > target.length()) {
            throw new IllegalArgumentException("the target must hold " + values.length + " values from " + offset
                    + " on, got room for " + target.length());
        }
        if (target.dataType() == DataType.DOUBLE) {
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            put(target, memory -> new DoublePointer(memory).position(offset).put(wide, 0, wide.length));
        } else {
            put(target, memory -> new FloatPointer(memory).position(offset).put(values, 0, values.length));
        }
    }

    /** Writes all entries of a contiguous array (a view too). */
    public static void write(double[] values, INDArray target) {
        requireLength(values.length, target);
        if (target.dataType() == DataType.DOUBLE) {
            put(target, memory -> new DoublePointer(memory).put(values, 0, values.length));
        } else {
            float[] narrow = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                narrow[i] = (float) values[i];
            }
            write(narrow, target);
        }
    }

    private static void put(INDArray target, Consumer<Pointer> copy) {
        Nd4j.getAffinityManager().ensureLocation(target, Location.HOST);
        copy.accept(target.data().addressPointer());
        Nd4j.getAffinityManager().tagLocation(target, Location.HOST);
    }

    /** All entries in c-order, of views and other orders too. */
    public static double[] read(INDArray source) {
        if (!source.isR()) {
            throw new IllegalArgumentException("values must be FLOAT or DOUBLE, got " + source.dataType());
        }
        if (isContiguous(source)) {
            return readMemory(source);
        }
        try (INDArray plain = source.dup('c')) {
            return readMemory(plain);
        }
    }

    private static double[] readMemory(INDArray source) {
        Nd4j.getAffinityManager().ensureLocation(source, Location.HOST);
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

    private static boolean isContiguous(INDArray array) {
        return array.rank() < 2
                ? array.length() == 1 || array.elementWiseStride() == 1
                : array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
    }

    private static void requireLength(long length, INDArray target) {
        if (target.length() != length) {
            throw new IllegalArgumentException(
                    "the target must hold " + length + " values, got room for " + target.length());
        }
    }
}
