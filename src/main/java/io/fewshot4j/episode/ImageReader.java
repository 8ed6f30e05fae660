package io.fewshot4j.episode;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;

/** Appends images to a float array: bytes divided by 255, turned by quarter turns. */
final class ImageReader {
    private final ImageDataset dataset;
    private final byte[] image;
    private final float[] pixels;
    private int position;

    ImageReader(ImageDataset dataset, int images) {
        this.dataset = dataset;
        this.image = new byte[dataset.shape().size()];
        this.pixels = new float[images * image.length];
    }

    void append(int classIndex, int index, int quarterTurns) {
        dataset.read(classIndex, index, image, 0);
        ImageShape shape = dataset.shape();
        int width = shape.width();
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < width; column++) {
                int source = source(row, column, width, quarterTurns) * shape.channels();
                for (int channel = 0; channel < shape.channels(); channel++) {
                    pixels[position++] = (image[source + channel] & 0xff) / 255f;
                }
            }
        }
    }

    /** Where the pixel at (row, column) of the turned image lies in the original; only turn 0 knows oblong images. */
    private static int source(int row, int column, int n, int quarterTurns) {
        return switch (quarterTurns) {
            case 0 -> row * n + column;
            case 1 -> column * n + n - 1 - row;
            case 2 -> (n - 1 - row) * n + n - 1 - column;
            default -> (n - 1 - column) * n + row;
        };
    }

    float[] pixels() {
        return pixels;
    }
}
