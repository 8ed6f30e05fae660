package io.fewshot4j.episode;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Normalisation;
import java.util.Arrays;

/** Images and their labels, on the heap: {@code count} images of one shape, and a label 0 to way-1 for each. */
public final class LabelledImages {
    private final ImageShape shape;
    private final Normalisation normalisation;
    private final float[] pixels;
    private final int[] labels;

    /** The same with values 0 to 1. */
    public LabelledImages(ImageShape shape, float[] pixels, int[] labels) {
        this(shape, Normalisation.UNIT, pixels, labels);
    }

    /** Takes ownership of both arrays: normalised pixels [count, height, width, channels] in c-order, labels [count]. */
    public LabelledImages(ImageShape shape, Normalisation normalisation, float[] pixels, int[] labels) {
        if (pixels.length != labels.length * shape.size()) {
            throw new IllegalArgumentException("pixels must hold " + labels.length + " images of " + shape.size()
                    + " values, got " + pixels.length + " values");
        }
        this.shape = shape;
        this.normalisation = normalisation;
        this.pixels = pixels;
        this.labels = labels;
    }

    public ImageShape shape() {
        return shape;
    }

    /** What the values are of the pixels. */
    public Normalisation normalisation() {
        return normalisation;
    }

    public int count() {
        return labels.length;
    }

    public int label(int image) {
        return labels[image];
    }

    /** All labels, a copy. */
    public int[] labels() {
        return labels.clone();
    }

    /** How many images each of {@code way} labels has. */
    public int[] countByLabel(int way) {
        int[] counts = new int[way];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** The values [count, height, width, channels] themselves: read only. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public float[] pixels() {
        return pixels;
    }

    /** Other pixels under the same labels; takes ownership of them. */
    LabelledImages withPixels(float[] other) {
        return new LabelledImages(shape, normalisation, other, labels);
    }

    /** Image {@code index} alone. */
    public LabelledImages only(int index) {
        return select(index);
    }

    /** Some of these images, in the order given; an image may be there more than once. */
    public LabelledImages select(int... images) {
        float[] chosen = new float[images.length * shape.size()];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(pixels, images[i] * shape.size(), chosen, i * shape.size(), shape.size());
        }
        return new LabelledImages(
                shape,
                normalisation,
                chosen,
                Arrays.stream(images).map(image -> labels[image]).toArray());
    }

    /** These images and, as the last one, image {@code index} of {@code other}. */
    public LabelledImages with(LabelledImages other, int index) {
        float[] all = Arrays.copyOf(pixels, pixels.length + shape.size());
        System.arraycopy(other.pixels, index * shape.size(), all, pixels.length, shape.size());
        int[] allLabels = Arrays.copyOf(labels, labels.length + 1);
        allLabels[labels.length] = other.labels[index];
        return new LabelledImages(shape, normalisation, all, allLabels);
    }
}
