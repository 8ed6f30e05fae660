package io.fewshot4j.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * A convolution's sizes. The kernel is square; {@code padding} says how zeros are added around the images.
 *
 * @param stride 1 or more, equal in both directions
 */
public record ConvGeometry(
        int images, int height, int width, int channels, int filters, int kernel, int stride, Padding padding) {

    /** Where zeros go. */
    public enum Padding {
        /** One row and column on each side, as PyTorch's {@code padding=1}. */
        TORCH,
        /** "SAME": as many as needed, the smaller half first, as TensorFlow does it. */
        TENSORFLOW
    }

    public int outHeight() {
        return out(height);
    }

    public int outWidth() {
        return out(width);
    }

    private int out(int size) {
        return padding == Padding.TENSORFLOW ? (size + stride - 1) / stride : (size + 2 - kernel) / stride + 1;
    }

    /** Zeros before the first row of {@code size} rows. */
    int before(int size) {
        return padding == Padding.TORCH ? 1 : Math.max(0, (out(size) - 1) * stride + kernel - size) / 2;
    }

    Shape input() {
        return new Shape(images * height * width, channels);
    }

    Shape weights() {
        return new Shape(kernel * kernel * channels, filters);
    }

    Shape output() {
        return new Shape(images * outHeight() * outWidth(), filters);
    }

    /** The same for {@code copies} times as many images. */
    ConvGeometry times(int copies) {
        return new ConvGeometry(images * copies, height, width, channels, filters, kernel, stride, padding);
    }

    /** The shape that im2col gives where the channels of a row are one wide image. */
    long[] columns() {
        return new long[] {images, 1, kernel, (long) kernel * channels, outHeight(), outWidth()};
    }

    NativeArgs unfoldArgs() {
        return new NativeArgs(
                Stream.of(
                                kernel,
                                kernel * channels,
                                stride,
                                stride * channels,
                                before(height),
                                before(width) * channels,
                                1,
                                1,
                                padding == Padding.TENSORFLOW ? 1 : 0)
                        .map(Integer::longValue)
                        .toList(),
                List.of(0.0));
    }

    NativeArgs foldArgs() {
        return NativeArgs.integers(
                stride,
                (long) stride * channels,
                before(height),
                (long) before(width) * channels,
                height,
                (long) width * channels,
                1,
                1,
                padding == Padding.TENSORFLOW ? 1 : 0);
    }

    NativeArgs nativeArgs() {
        int same = padding == Padding.TENSORFLOW ? 1 : 0;
        int pad = 1 - same;
        return NativeArgs.integers(kernel, kernel, stride, stride, pad, pad, 1, 1, same, 1, 0);
    }
}
