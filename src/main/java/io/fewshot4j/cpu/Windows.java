package io.fewshot4j.cpu;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Numbers that lie under a kernel at each of its positions on images with the channels last. Along a row everything is
 * counted in floats, so that the channels of a kernel's row are one run.
 *
 * @param height rows of an image
 * @param width floats in a row of it
 * @param kernel rows of the kernel
 * @param run floats in a row of the kernel
 * @param stride rows from one position to the next below
 * @param step floats from one position to the next in its row
 * @param top rows of zeros above
 * @param left zeros before each row
 * @param outHeight rows of positions
 * @param outWidth positions in a row
 */
public record Windows(
        int images,
        int height,
        int width,
        int kernel,
        int run,
        int stride,
        int step,
        int top,
        int left,
        int outHeight,
        int outWidth) {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16);

    /** A row of the kernel at a position: {@code before} and {@code after} floats of it lie outside of the image. */
    private interface Run {
        void at(int column, int pixel, int before, int after);
    }

    int positions() {
        return images * positionsOfImage();
    }

    int positionsOfImage() {
        return outHeight * outWidth;
    }

    int pixelsOfImage() {
        return height * width;
    }

    /** Floats under the kernel. */
    int columns() {
        return kernel * run;
    }

    /** Some positions' rows in the cache, [positions, columns], and which of all positions is their first. */
    interface Block {
        void at(FloatPointer rows, int from, int positions);
    }

    /** All positions, unfolded block by block. */
    void blocks(ByteBuffer pixels, Block visitor) {
        Scratch scratch = Scratch.ofThread();
        FloatPointer rows = scratch.pointer(columns());
        int most = Scratch.rows(columns());
        for (int from = 0; from < positions(); from += most) {
            int count = Math.min(most, positions() - from);
            unfold(pixels, from, count, scratch.bytes());
            visitor.at(rows, from, count);
        }
    }

    /** Some positions of the images, a row of {@link #columns} for each. */
    void unfold(ByteBuffer pixels, int from, int positions, ByteBuffer rows) {
        each(from, positions, (column, pixel, before, after) -> {
            zero(rows, column, before);
            copy(pixels, pixel + before, rows, column + before, run - before - after);
            zero(rows, column + run - after, after);
        });
    }

    /** Adds rows to the pixels that they lie over: the adjoint of {@link #unfold}. */
    void fold(float[] rows, int from, int positions, float[] pixels) {
        each(
                from,
                positions,
                (column, pixel, before, after) ->
                        add(rows, column + before, pixels, pixel + before, run - before - after));
    }

    private void each(int from, int positions, Run visitor) {
        int column = 0;
        for (int position = from; position < from + positions; position++) {
            int line = position / outWidth;
            int x = position % outWidth * step - left;
            int y = line % outHeight * stride - top;
            int before = Math.max(0, -x);
            int after = Math.max(0, x + run - width);
            for (int row = y; row < y + kernel; row++) {
                boolean inside = row >= 0 && row < height;
                visitor.at(
                        column,
                        (line / outHeight * height + row) * width + x,
                        inside ? before : run,
                        inside ? after : 0);
                column += run;
            }
        }
    }

    private static void add(float[] source, int from, float[] target, int to, int floats) {
        for (int i = 0; i < floats; i++) {
            target[to + i] += source[from + i];
        }
    }

    private static void copy(ByteBuffer source, int from, ByteBuffer target, int to, int floats) {
        if (floats > 0) {
            target.put(to * Float.BYTES, source, from * Float.BYTES, floats * Float.BYTES);
        }
    }

    private static void zero(ByteBuffer target, int from, int floats) {
        int most = ZEROS.capacity() / Float.BYTES;
        for (int done = 0; done < floats; done += most) {
            copy(ZEROS, 0, target, from + done, Math.min(most, floats - done));
        }
    }
}
