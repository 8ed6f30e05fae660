package io.fewshot4j.learner.memory;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Support;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Images in the order in which they are shown, a pure function of the episode. Each comes with the label of the one
 * before it.
 */
final class Sequence {
    private record Shown(LabelledImages from, int index) {
        int label() {
            return from.label(index);
        }
    }

    private final List<Shown> images;
    private final int way;

    private Sequence(List<Shown> images, int way) {
        this.images = images;
        this.way = way;
    }

    /** All images of an episode, shuffled. */
    static Sequence all(Episode episode) {
        List<Shown> images = new ArrayList<>(shown(episode.support()));
        images.addAll(shown(episode.query()));
        Collections.shuffle(images, random(Support.of(episode)));
        return new Sequence(images, episode.way());
    }

    /** The support images in rounds: one of each class, shuffled, then the next of each. */
    static List<Sequence> rounds(Support support) {
        Random random = random(support);
        int[] seen = new int[support.way()];
        List<List<Shown>> rounds = new ArrayList<>();
        for (Shown image : shown(support.examples())) {
            int round = seen[image.label()]++;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(image);
        }
        rounds.forEach(round -> Collections.shuffle(round, random));
        return rounds.stream().map(round -> new Sequence(round, support.way())).toList();
    }

    private static List<Shown> shown(LabelledImages images) {
        List<Shown> all = new ArrayList<>();
        for (int i = 0; i < images.count(); i++) {
            all.add(new Shown(images, i));
        }
        return all;
    }

    private static Random random(Support support) {
        return new Random(31L * support.classNames().hashCode()
                + Arrays.hashCode(support.examples().pixels()));
    }

    /** Sequences one after another. */
    static Sequence joined(List<Sequence> parts, int way) {
        return new Sequence(parts.stream().flatMap(part -> part.images.stream()).toList(), way);
    }

    /** The first image of {@code images} behind these. */
    Sequence then(LabelledImages from, int index) {
        List<Shown> all = new ArrayList<>(images);
        all.add(new Shown(from, index));
        return new Sequence(all, way);
    }

    int length() {
        return images.size();
    }

    /** A step's inputs in each row, [length, pixels + way]. */
    float[] inputs() {
        int pixels = images.get(0).from().shape().size();
        float[] rows = new float[images.size() * (pixels + way)];
        for (int step = 0; step < images.size(); step++) {
            Shown image = images.get(step);
            int row = step * (pixels + way);
            System.arraycopy(image.from().pixels(), image.index() * pixels, rows, row, pixels);
            if (step > 0) {
                rows[row + pixels + images.get(step - 1).label()] = 1;
            }
        }
        return rows;
    }

    /** The last row of {@link #inputs}. */
    float[] lastInput() {
        float[] rows = inputs();
        return Arrays.copyOfRange(rows, rows.length - rows.length / images.size(), rows.length);
    }

    /** One-hot rows, [length, way]. */
    float[] labels() {
        return labels(new int[way]);
    }

    /** One-hot rows, [length, way], with zeros for the first images of each class, as many as given. */
    float[] labels(int[] uncounted) {
        int[] left = uncounted.clone();
        float[] rows = new float[images.size() * way];
        for (int step = 0; step < images.size(); step++) {
            int label = images.get(step).label();
            if (left[label]-- <= 0) {
                rows[step * way + label] = 1;
            }
        }
        return rows;
    }
}
