package io.fewshot4j.cpu;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Memory that kernels of one thread use for a moment. */
final class Scratch {
    /** Floats that stay in a core's cache beside a product's other operands. */
    private static final int BLOCK = 1 << 16;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private FloatPointer pointer = new FloatPointer(BLOCK);
    private ByteBuffer bytes = Memory.bytes(pointer);
    private FloatBuffer floats = bytes.asFloatBuffer();
    private float[] block = new float[0];
    private float[] image = new float[0];

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** Number of rows that a kernel should take at a time. */
    static int rows(int columns) {
        return Math.max(1, BLOCK / columns);
    }

    /** Off the heap, with room for {@link #rows}. */
    FloatPointer pointer(int columns) {
        if (pointer.capacity() < columns) {
            pointer.close();
            pointer = new FloatPointer(columns);
            bytes = Memory.bytes(pointer);
            floats = bytes.asFloatBuffer();
        }
        return pointer;
    }

    /** The memory. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** The first floats of it on the heap. */
    float[] copied(int length) {
        float[] copy = block(length);
        floats.get(0, copy, 0, length);
        return copy;
    }

    /** At least so many floats on the heap. */
    float[] block(int length) {
        if (block.length < length) {
            block = new float[length];
        }
        return block;
    }

    /** At least so many others on the heap. */
    float[] image(int length) {
        if (image.length < length) {
            image = new float[length];
        }
        return image;
    }
}
