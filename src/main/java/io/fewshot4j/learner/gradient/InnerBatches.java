package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.episode.SplitMix;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.gradient.ReptileSettings.InnerSampling;
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The batches of an episode's inner steps, a pure function of the episode: the draw is seeded by its classes in their
 * order.
 */
final class InnerBatches {
    private InnerBatches() {}

    /** One for each inner step of training. */
    static List<LabelledImages> training(ReptileSettings settings, Episode episode) {
        List<LabelledImages> batches =
                draw(settings.innerSampling(), Support.of(episode), settings.innerBatch(), settings.drawnSteps());
        if (settings.tail() == Tail.SEPARATE) {
            batches.add(episode.query());
        }
        return batches;
    }

    /** Number of images of each batch. */
    static List<Integer> trainingSizes(ReptileSettings settings, EpisodeShape shape) {
        List<Integer> sizes = new ArrayList<>();
        for (int step = 0; step < settings.drawnSteps(); step++) {
            sizes.add(size(settings.innerSampling(), settings.innerBatch(), shape.supportSize()));
        }
        if (settings.tail() == Tail.SEPARATE) {
            sizes.add(shape.querySize());
        }
        return sizes;
    }

    /** One for each inner step of a test. */
    static List<LabelledImages> test(ReptileSettings settings, Support support) {
        return draw(settings.innerSampling(), support, settings.testInnerBatch(), settings.testInnerSteps());
    }

    /** Without repetition a batch has no more images than there are. */
    private static int size(InnerSampling sampling, int wanted, int images) {
        return sampling == InnerSampling.REPLACEMENT ? Math.min(wanted, images) : wanted;
    }

    private static List<LabelledImages> draw(InnerSampling sampling, Support support, int wanted, int count) {
        int images = support.examples().count();
        long seed = support.classNames().hashCode();
        int size = size(sampling, wanted, images);
        int[] cycles = sampling == InnerSampling.CYCLING ? cycles(seed, images, size * count) : new int[0];
        List<LabelledImages> batches = new ArrayList<>();
        for (int batch = 0; batch < count; batch++) {
            int[] chosen = sampling == InnerSampling.CYCLING
                    ? Arrays.copyOfRange(cycles, batch * size, (batch + 1) * size)
                    : new SplitMix(seed, batch).choose(size, images);
            batches.add(support.examples().select(chosen));
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
