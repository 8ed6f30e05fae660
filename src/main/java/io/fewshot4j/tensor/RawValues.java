package io.fewshot4j.tensor;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** The bytes of arrays as files hold them: values in c-order, little-endian. */
public final class RawValues {
    private RawValues() {}

    /** The values of any array, views and other orders included. */
    public static byte[] bytes(INDArray array) {
        byte[] bytes =
                new byte[Math.toIntExact(array.length() * array.dataType().width())];
        if (array.isEmpty()) {
            return bytes;
        }
        INDArray plain = isPlain(array) ? array : array.dup('c');
        Nd4j.getAffinityManager().ensureLocation(plain, Location.HOST);
        memory(plain, bytes.length).get(bytes);
        if (plain != array) {
            plain.close();
        }
        return bytes;
    }

    /** A new c-order array of what remains of {@code bytes}, which must be all of it; the caller closes it. */
    static INDArray array(DataType type, long[] shape, ByteBuffer bytes) {
        INDArray array = Nd4j.create(type, shape);
        if (!array.isEmpty()) {
            memory(array, bytes.remaining()).asByteBuffer().put(bytes);
            Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        }
        return array;
    }

    private static boolean isPlain(INDArray array) {
        return array.ordering() == 'c'
                && !array.isView()
                && array.data().length() == array.length()
                && Shape.hasDefaultStridesForShape(array);
    }

    private static BytePointer memory(INDArray array, int length) {
        return new BytePointer(array.data().pointer()).capacity(length);
    }
}
