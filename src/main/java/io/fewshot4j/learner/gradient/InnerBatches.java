package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.episode.SplitMix;
import io.fewshot4j.learner.gradient.ReptileSettings.InnerSampling;
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The batches of an episode's inner steps, a pure function of the episode: the draw is seeded by its classes in their order. */
final class InnerBatches {
    private InnerBatches() {}

    /** One for each inner step of training. */
    static List<LabelledImages> training(ReptileSettings settings, Episode episode) {
        boolean separate = settings.tail() == Tail.SEPARATE;
        int drawn = separate ? settings.innerSteps() - 1 : settings.innerSteps();
        List<LabelledImages> batches = draw(settings.innerSampling(), episode, settings.innerBatch(), drawn);
        if (separate) {
            batches.add(episode.query());
        }
        return batches;
    }

    /** One for each inner step of a test. */
    static List<LabelledImages> test(ReptileSettings settings, Episode episode) {
        return draw(settings.innerSampling(), episode, settings.testInnerBatch(), settings.testInnerSteps());
    }

    private static List<LabelledImages> draw(InnerSampling sampling, Episode episode, int size, int count) {
        LabelledImages images = episode.support();
        long seed = episode.classNames().hashCode();
        int[] order = sampling == InnerSampling.CYCLING ? cycles(seed, images.count(), size * count) : new int[0];
        List<LabelledImages> batches = new ArrayList<>();
        for (int batch = 0; batch < count; batch++) {
            batches.add(images.select(
                    sampling == InnerSampling.CYCLING
                            ? Arrays.copyOfRange(order, batch * size, (batch + 1) * size)
                            : new SplitMix(seed, batch).choose(Math.min(size, images.count()), images.count())));
        }
        return batches;
    }

    /** The start of a row of shuffled passes. */
    private static int[] cycles(long seed, int images, int length) {
        int[] order = new int[length];
        for (int from = 0; from < length; from += images) {
            int[] pass = new SplitMix(seed, from).choose(images, images);
            System.arraycopy(pass, 0, order, from, Math.min(images, length - from));
        }
        return order;
    }
}
