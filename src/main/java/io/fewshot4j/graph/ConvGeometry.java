package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import java.util.Locale;

/**
 * A convolution's sizes. The kernel is square; {@code padding} says how zeros are added around the images.
 *
 * @param stride 1 or more, equal in both directions
 */
public record ConvGeometry(
        int images, int height, int width, int channels, int filters, int kernel, int stride, Padding padding) {

    /** Placing of zeros. */
    public enum Padding {
        /** One row and column on each side, as PyTorch's {@code padding=1}. */
        TORCH,
        /** "SAME": as many as needed, the smaller half first, as TensorFlow does it. */
        TENSORFLOW,
        /** Nowhere ("VALID"): the kernel stays within the images. */
        NONE;

        /** Positions of a kernel along {@code size} pixels; 0 where it does not fit. */
        public int positions(int size, int kernel, int stride) {
            if (this == TENSORFLOW) {
                return (size + stride - 1) / stride;
            }
            int room = size + 2 * margin() - kernel;
            return room < 0 ? 0 : room / stride + 1;
        }

        private int margin() {
            return this == TORCH ? 1 : 0;
        }
    }

    public ConvGeometry {
        if (Math.min(padding.positions(height, kernel, stride), padding.positions(width, kernel, stride)) < 1) {
            throw new IllegalArgumentException("images must hold a kernel of " + kernel + "x" + kernel
                    + " with padding " + padding.name().toLowerCase(Locale.ROOT) + ", got " + height + "x" + width);
        }
    }

    public int outHeight() {
        return out(height);
    }

    public int outWidth() {
        return out(width);
    }

    private int out(int size) {
        return padding.positions(size, kernel, stride);
    }

    /** Zeros before the first row of {@code size} rows. */
    public int before(int size) {
        return padding == Padding.TENSORFLOW
                ? Math.max(0, (out(size) - 1) * stride + kernel - size) / 2
                : padding.margin();
    }

    Shape input() {
        return new Shape(images * height * width, channels);
    }

    /** Weights as a matrix, [kernel x kernel x channels, filters]. */
    public Shape weights() {
        return new Shape(kernel * kernel * channels, filters);
    }

    Shape output() {
        return new Shape(images * outHeight() * outWidth(), filters);
    }

    /** This geometry for {@code copies} times as many images. */
    ConvGeometry times(int copies) {
        return new ConvGeometry(images * copies, height, width, channels, filters, kernel, stride, padding);
    }

    /** The shape that im2col gives where the channels of a row are one wide image. */
    long[] columns() {
        return new long[] {images, 1, kernel, (long) kernel * channels, outHeight(), outWidth()};
    }

    NativeArgs unfoldArgs() {
        long wide = channels;
        return NativeArgs.integers(
                kernel, kernel * wide, stride, stride * wide, before(height), before(width) * wide, 1, 1, same());
    }

    NativeArgs foldArgs() {
        long wide = channels;
        return NativeArgs.integers(
                stride, stride * wide, before(height), before(width) * wide, height, width * wide, 1, 1, same());
    }

    NativeArgs nativeArgs() {
        return NativeArgs.integers(kernel, kernel, stride, stride, before(height), before(width), 1, 1, same(), 1, 0);
    }

    private int same() {
        return padding == Padding.TENSORFLOW ? 1 : 0;
    }
}
