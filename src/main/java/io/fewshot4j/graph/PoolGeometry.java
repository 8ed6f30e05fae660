package io.fewshot4j.graph;

/** Sizes of 2x2 pooling with stride 2; a trailing odd row or column is dropped. */
public record PoolGeometry(int images, int height, int width, int channels) {
    public PoolGeometry {
        if (height < 2 || width < 2) {
            throw new IllegalArgumentException("pooling needs at least 2x2, got " + height + "x" + width);
        }
    }

    Shape input() {
        return new Shape(images * height * width, channels);
    }

    Shape output() {
        return new Shape(images * (height / 2) * (width / 2), channels);
    }

    /** The same for {@code copies} times as many images. */
    PoolGeometry times(int copies) {
        return new PoolGeometry(images * copies, height, width, channels);
    }

    NativeArgs nativeArgs() {
        return NativeArgs.integers(2, 2, 2, 2, 0, 0, 1, 1, 0, 1, 1);
    }
}
