package io.fewshot4j.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collection;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;
import org.nd4j.linalg.factory.Nd4j;

/** Addresses of float arrays. It is the caller's to keep them alive. */
public final class Memory {
    private Memory() {}

    /**
     * Whether kernels can work on them: in the processor's memory, floats, in c-order without gaps, no more bytes than
     * an int counts.
     */
    public static boolean holds(Collection<INDArray> arrays) {
        return Nd4j.getBackend() instanceof CpuBackend && arrays.stream().allMatch(Memory::holds);
    }

    private static boolean holds(INDArray array) {
        boolean ordered = array.rank() < 2 || array.ordering() == 'c';
        boolean plain = array.length() == 1 || (ordered && array.elementWiseStride() == 1);
        return plain && array.dataType() == DataType.FLOAT && array.length() <= Integer.MAX_VALUE / Float.BYTES;
    }

    /**
     * Rows of an array, a view. ND4J's own {@code get} is empty where the rows of a view, but not the view itself,
     * begin past the view's length in the array that it is a view of.
     */
    public static INDArray rows(INDArray array, long from, long to) {
        long[] shape = array.shape().clone();
        shape[0] = to - from;
        return Nd4j.create(array.data(), shape, array.stride(), array.offset() + from * array.stride(0), 'c');
    }

    static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer()).capacity(array.length());
    }

    static ByteBuffer bytes(INDArray array) {
        return bytes(pointer(array));
    }

    static ByteBuffer bytes(FloatPointer pointer) {
        return pointer.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    static FloatBuffer floats(INDArray array) {
        return bytes(array).asFloatBuffer();
    }
}
