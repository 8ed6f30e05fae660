package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;

/** Encoding of an image as rows of a graph's input. */
public interface ImageEncoding {
    /** Rows of one image. */
    int rows();

    /** Entries of a row. */
    int columns();

    /**
     * Writes the rows of one image.
     *
     * @param pixels of all images, [images, height, width, channels]
     * @param rows of {@code rows x columns} entries
     */
    void encode(float[] pixels, int image, float[] rows);

    /** A row of channels for each pixel. */
    static ImageEncoding pixels(ImageShape shape) {
        return new Pixels(shape);
    }

    /** A row of channels for each pixel. */
    record Pixels(ImageShape shape) implements ImageEncoding {
        @Override
        public int rows() {
            return shape.height() * shape.width();
        }

        @Override
        public int columns() {
            return shape.channels();
        }

        @Override
        public void encode(float[] pixels, int image, float[] rows) {
            System.arraycopy(pixels, image * shape.size(), rows, 0, shape.size());
        }
    }
}
