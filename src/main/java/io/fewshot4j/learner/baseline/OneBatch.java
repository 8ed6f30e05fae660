package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.LabelledImages;
import java.util.Arrays;

/** Two sets of images as one. */
final class OneBatch {
    private OneBatch() {}

    /** Images of both, one set behind the other, under labels of their own. */
    static LabelledImages of(LabelledImages first, LabelledImages second, int[] labels) {
        float[] start = first.pixels();
        float[] end = second.pixels();
        float[] pixels = Arrays.copyOf(start, start.length + end.length);
        System.arraycopy(end, 0, pixels, start.length, end.length);
        return new LabelledImages(first.shape(), first.normalisation(), pixels, labels);
    }
}
