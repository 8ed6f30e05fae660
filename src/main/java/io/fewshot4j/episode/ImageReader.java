package io.fewshot4j.episode;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.data.Rotations;

/** Appends images to a float array: bytes normalised, turned by quarter turns. */
final class ImageReader {
    private final ImageDataset dataset;
    private final Normalisation normalisation;
    private final byte[] image;
    private final byte[] turned;
    private final float[] pixels;
    private int position;

    ImageReader(ImageDataset dataset, Normalisation normalisation, int images) {
        this.dataset = dataset;
        this.normalisation = normalisation;
        this.image = new byte[dataset.shape().size()];
        this.turned = new byte[image.length];
        this.pixels = new float[images * image.length];
    }

    void append(int classIndex, int index, int quarterTurns) {
        dataset.read(classIndex, index, image, 0);
        if (quarterTurns > 0) {
            Rotations.turn(dataset.shape(), quarterTurns, image, turned, 0);
        }
        normalisation.copy(dataset.shape(), quarterTurns > 0 ? turned : image, pixels, position);
        position += image.length;
    }

    float[] pixels() {
        return pixels;
    }
}
