package io.fewshot4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.episode.EpisodePlan.ClassPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpisodeSamplerTest {
    private static final EpisodeShape SHAPE = new EpisodeShape(5, 2, 3);
    private static final MemoryDataset DATA = new MemoryDataset(20, 10, new ImageShape(4, 4, 1));

    @Test
    void an_episode_depends_on_seed_and_index_alone() {
        EpisodeSampler sampler = sampler(DATA, EpisodeRotation.PER_CLASS, 7);
        EpisodePlan plan = sampler.plan(41);
        sampler.plan(3);

        assertThat(sampler.plan(41)).isEqualTo(plan);
        assertThat(sampler(DATA, EpisodeRotation.PER_CLASS, 7).plan(41)).isEqualTo(plan);
        assertThat(sampler(DATA, EpisodeRotation.PER_CLASS, 8).plan(41)).isNotEqualTo(plan);
        assertThat(sampler.plan(42)).isNotEqualTo(plan);
    }

    @Test
    void a_known_seed_gives_known_episodes_on_every_machine() {
        EpisodePlan plan = sampler(DATA, EpisodeRotation.PER_CLASS, 1).plan(0);

        assertThat(plan.classes()).extracting(ClassPlan::classIndex).containsExactly(10, 11, 13, 14, 5);
    }

    @Test
    void neighbouring_seeds_and_indices_share_no_episodes() {
        List<EpisodePlan> plans = LongStream.range(-20, 20)
                .boxed()
                .flatMap(seed -> LongStream.range(0, 20)
                        .mapToObj(i -> sampler(DATA, EpisodeRotation.NONE, seed).plan(i)))
                .toList();

        assertThat(plans).doesNotHaveDuplicates();
    }

    @Test
    void classes_differ_and_support_and_query_are_disjoint() {
        EpisodeSampler sampler = sampler(DATA, EpisodeRotation.NONE, 3);
        for (int i = 0; i < 300; i++) {
            EpisodePlan plan = sampler.plan(i);
            assertThat(plan.classes()).extracting(ClassPlan::classIndex).doesNotHaveDuplicates();
            for (ClassPlan c : plan.classes()) {
                List<Integer> images = new ArrayList<>(c.support());
                images.addAll(c.query());
                assertThat(images).hasSize(5).doesNotHaveDuplicates().allMatch(image -> image >= 0 && image < 10);
                assertThat(c.quarterTurns()).isZero();
            }
        }
    }

    @Test
    void classes_labels_images_and_turns_come_equally_often() {
        int episodes = 4000;
        int[][] labels = new int[5][20];
        int[] turns = new int[4];
        int[] support = new int[10];
        for (int seed = 0; seed < 400; seed++) {
            EpisodeSampler sampler = sampler(DATA, EpisodeRotation.PER_CLASS, seed);
            for (int index = 0; index < episodes / 400; index++) {
                List<ClassPlan> classes = sampler.plan(index).classes();
                for (int label = 0; label < 5; label++) {
                    ClassPlan c = classes.get(label);
                    labels[label][c.classIndex()]++;
                    turns[c.quarterTurns()]++;
                    c.support().forEach(image -> support[image]++);
                }
            }
        }
        for (int[] classes : labels) {
            assertUniform(classes, 43.8); // chi-squared with 19 degrees of freedom, p = 0.001
        }
        assertUniform(turns, 16.3); // 3 degrees
        assertUniform(support, 27.9); // 9 degrees
    }

    private static void assertUniform(int[] counts, double limit) {
        double expected = (double) Arrays.stream(counts).sum() / counts.length;
        double chiSquared = Arrays.stream(counts)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
        assertThat(chiSquared).isLessThan(limit);
    }

    @Test
    void pixels_and_labels_follow_the_plan() {
        EpisodeSampler sampler = sampler(DATA, EpisodeRotation.NONE, 5);
        Episode episode = sampler.episode(9);
        List<ClassPlan> classes = sampler.plan(9).classes();

        assertThat(episode.support().labels()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
        assertThat(episode.query().count()).isEqualTo(15);
        assertThat(episode.classNames().get(3))
                .isEqualTo("class" + classes.get(3).classIndex());
        float[] pixels = episode.query().pixels();
        int image = 3 * 3 + 1; // the second query of label 3
        assertThat(pixels[image * 16]).isEqualTo(classes.get(3).classIndex() / 255f);
        assertThat(pixels[image * 16 + 1]).isEqualTo(classes.get(3).query().get(1) / 255f);
        assertThat(pixels[image * 16 + 15]).isEqualTo(15 / 255f);
    }

    @Test
    void turns_are_counter_clockwise() {
        MemoryDataset data = new MemoryDataset(1, 9, new ImageShape(2, 2, 3));
        int[][] firstChannel = {{0, 3, 6, 9}, {3, 9, 0, 6}, {9, 6, 3, 0}, {6, 0, 9, 3}};
        for (int turns = 0; turns < 4; turns++) {
            ImageReader reader = new ImageReader(data, Normalisation.UNIT, 1);
            reader.append(0, 1, turns);
            float[] pixels = reader.pixels();
            assertThat(IntStream.range(0, 4)
                            .map(i -> Math.round(pixels[i * 3] * 255))
                            .toArray())
                    .containsExactly(firstChannel[turns]);
            assertThat(pixels[2] - pixels[0]).isEqualTo(2 / 255f, within(1e-7f));
        }
    }

    @Test
    void an_episode_of_more_classes_than_there_are_is_refused() {
        MemoryDataset four = new MemoryDataset(4, 10, new ImageShape(4, 4, 1));

        assertThatThrownBy(() -> sampler(four, EpisodeRotation.NONE, 0))
                .isInstanceOf(FewShotException.class)
                .hasMessage("way must be at most 4, the number of classes in this part of the data, got 5;"
                        + " lower the way or use data with more classes");
    }

    @Test
    void a_class_with_too_few_images_is_named() {
        MemoryDataset few = new MemoryDataset(8, 4, new ImageShape(4, 4, 1));

        assertThatThrownBy(() -> sampler(few, EpisodeRotation.NONE, 0))
                .isInstanceOf(FewShotException.class)
                .hasMessage("each class must have at least 2 support + 3 query = 5 images, but class0 has 4;"
                        + " lower shot or query, or add images to the class or remove it");
    }

    @Test
    void oblong_images_are_drawn_but_not_turned() {
        MemoryDataset oblong = new MemoryDataset(8, 6, new ImageShape(2, 5, 1));

        assertThat(sampler(oblong, EpisodeRotation.NONE, 0).episode(0).support().pixels()[9])
                .isEqualTo(9 / 255f);
        assertThatThrownBy(() -> sampler(oblong, EpisodeRotation.PER_CLASS, 0))
                .isInstanceOf(FewShotException.class)
                .hasMessage("images must be square for rotation per-class, got 2x5;"
                        + " choose rotation none or resize to a square");
    }

    private static EpisodeSampler sampler(MemoryDataset data, EpisodeRotation rotation, long seed) {
        return new EpisodeSampler(data, SHAPE, rotation, seed);
    }
}
