package io.fewshot4j.episode;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Normalisation;
import java.util.Arrays;
import java.util.List;

/**
 * A set of examples on the heap: {@code count} images of one shape with a label 0 to way-1 for each; or, where
 * functions are learned, inputs of one shape with a value for each.
 */
public final class LabelledImages {
    private final ImageShape shape;
    private final Normalisation normalisation;
    private final float[] pixels;
    private final Targets targets;

    /** Images with values 0 to 1. */
    public LabelledImages(ImageShape shape, float[] pixels, int[] labels) {
        this(shape, Normalisation.UNIT, pixels, labels);
    }

    /**
     * Takes ownership of both arrays: normalised pixels [count, height, width, channels] in c-order, labels [count].
     */
    public LabelledImages(ImageShape shape, Normalisation normalisation, float[] pixels, int[] labels) {
        this(shape, normalisation, pixels, new Targets.Labels(labels));
    }

    private LabelledImages(ImageShape shape, Normalisation normalisation, float[] pixels, Targets targets) {
        if (pixels.length != targets.count() * shape.size()) {
            throw new IllegalArgumentException("pixels must hold " + targets.count() + " images of " + shape.size()
                    + " values, got " + pixels.length + " values");
        }
        this.shape = shape;
        this.normalisation = normalisation;
        this.pixels = pixels;
        this.targets = targets;
    }

    /** Inputs of a function, [count, shape], and its values there, [count]; takes ownership of both arrays. */
    public static LabelledImages ofFunction(ImageShape shape, float[] inputs, float[] values) {
        return new LabelledImages(shape, Normalisation.UNIT, inputs, new Targets.Values(values));
    }

    public ImageShape shape() {
        return shape;
    }

    /** Scaling by which pixels became the values here. */
    public Normalisation normalisation() {
        return normalisation;
    }

    public int count() {
        return targets.count();
    }

    public int label(int image) {
        return targets.labels()[image];
    }

    /** All labels, a copy. */
    public int[] labels() {
        return targets.labels().clone();
    }

    /** Rows that a network is to give, [count, outputs]: one-hot for labels, values as they are. */
    public float[] targets(int outputs) {
        return targets.rows(outputs);
    }

    /** Number of images of each of {@code way} labels. */
    public int[] countByLabel(int way) {
        int[] counts = new int[way];
        for (int label : targets.labels()) {
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
        return new LabelledImages(shape, normalisation, other, targets);
    }

    /** These images under other labels; takes ownership of the labels. */
    public LabelledImages labelled(int[] labels) {
        return new LabelledImages(shape, normalisation, pixels, labels);
    }

    /** Images of several sets of one shape, one set behind the other. */
    public static LabelledImages joined(List<LabelledImages> sets) {
        LabelledImages first = sets.get(0);
        int count = sets.stream().mapToInt(LabelledImages::count).sum();
        float[] pixels = new float[count * first.shape.size()];
        int[] labels = new int[count];
        int done = 0;
        for (LabelledImages set : sets) {
            System.arraycopy(set.pixels, 0, pixels, done * first.shape.size(), set.pixels.length);
            System.arraycopy(set.targets.labels(), 0, labels, done, set.count());
            done += set.count();
        }
        return new LabelledImages(first.shape, first.normalisation, pixels, labels);
    }

    /** Image {@code index} alone. */
    public LabelledImages only(int index) {
        return select(index);
    }

    /** Chosen images in the order given; an image may be there more than once. */
    public LabelledImages select(int... images) {
        float[] chosen = new float[images.length * shape.size()];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(pixels, images[i] * shape.size(), chosen, i * shape.size(), shape.size());
        }
        return new LabelledImages(shape, normalisation, chosen, targets.select(images));
    }

    /** These images and, as the last one, image {@code index} of {@code other}. */
    public LabelledImages with(LabelledImages other, int index) {
        float[] all = Arrays.copyOf(pixels, pixels.length + shape.size());
        System.arraycopy(other.pixels, index * shape.size(), all, pixels.length, shape.size());
        return new LabelledImages(shape, normalisation, all, targets.with(other.targets, index));
    }
}
