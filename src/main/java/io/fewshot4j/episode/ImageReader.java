package io.fewshot4j.episode;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Rotations;

/** Appends images to a float array: bytes divided by 255, turned by quarter turns. */
final class ImageReader {
    private final ImageDataset dataset;
    private final byte[] image;
    private final byte[] turned;
    private final float[] pixels;
    private int position;

    ImageReader(ImageDataset dataset, int images) {
        this.dataset = dataset;
        this.image = new byte[dataset.shape().size()];
        this.turned = new byte[image.length];
        this.pixels = new float[images * image.length];
    }

    void append(int classIndex, int index, int quarterTurns) {
        dataset.read(classIndex, index, image, 0);
        if (quarterTurns > 0) {
            Rotations.turn(dataset.shape(), quarterTurns, image, turned, 0);
        }
        for (byte value : quarterTurns > 0 ? turned : image) {
            pixels[position++] = (value & 0xff) / 255f;
        }
    }

    float[] pixels() {
        return pixels;
    }
}
