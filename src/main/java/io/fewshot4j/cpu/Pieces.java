package io.fewshot4j.cpu;

import java.nio.FloatBuffer;

/**
 * Numbers a piece at a time on the heap, in the first cache: loops there become vector instructions, off the heap not.
 */
final class Pieces {
    private static final int LENGTH = 1024;

    private Pieces() {}

    /** A loop over a piece, in place. */
    interface Loop {
        /** On {@code length} numbers, the first of which is number {@code from} of all. */
        void over(float[] piece, int from, int length);
    }

    /** Length of a piece of whole rows, in numbers. */
    static int length(int columns) {
        return columns * Math.max(1, LENGTH / columns);
    }

    /** Writes to {@code z} what {@code loop} makes of {@code x}, in pieces of so many numbers. */
    static void of(FloatBuffer x, FloatBuffer z, int length, Loop loop) {
        float[] piece = Scratch.ofThread().block(length);
        for (int from = 0; from < z.capacity(); from += length) {
            int now = Math.min(length, z.capacity() - from);
            x.get(from, piece, 0, now);
            loop.over(piece, from, now);
            z.put(from, piece, 0, now);
        }
    }
}
