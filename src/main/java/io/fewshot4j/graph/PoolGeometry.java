package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;

/**
 * Sizes of 2x2 pooling with stride 2.
 *
 * @param partial whether a trailing odd row or column has blocks of its own, as in TensorFlow's "SAME"; else it is
 *     dropped
 */
public record PoolGeometry(int images, int height, int width, int channels, boolean partial) {
    public PoolGeometry {
        if (height < 2 || width < 2) {
            throw new IllegalArgumentException("pooling needs at least 2x2, got " + height + "x" + width);
        }
    }

    int outHeight() {
        return out(height);
    }

    int outWidth() {
        return out(width);
    }

    private int out(int size) {
        return partial ? (size + 1) / 2 : size / 2;
    }

    Shape input() {
        return new Shape(images * height * width, channels);
    }

    Shape output() {
        return new Shape(images * outHeight() * outWidth(), channels);
    }

    /** This geometry for {@code copies} times as many images. */
    PoolGeometry times(int copies) {
        return new PoolGeometry(images * copies, height, width, channels, partial);
    }

    NativeArgs nativeArgs() {
        return NativeArgs.integers(2, 2, 2, 2, 0, 0, 1, 1, partial ? 1 : 0, 1, 1);
    }
}
