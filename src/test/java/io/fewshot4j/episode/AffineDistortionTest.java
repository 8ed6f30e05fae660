package io.fewshot4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AffineDistortionTest {
    private static final ImageShape SHAPE = new ImageShape(3, 3, 1);
    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final EpisodeShape EPISODE = new EpisodeShape(2, 1, 1);
    private static final MemoryDataset DATA = new MemoryDataset(4, 4, new ImageShape(8, 8, 3));

    private static float[] distorted(AffineDistortion distortion) {
        float[] target = new float[9];
        distortion.distort(SHAPE, IMAGE, target, 0);
        return target;
    }

    @ParameterizedTest
    @CsvSource({
        "1,   0, 0,  1, 0,   0, 1 2 3 4 5 6 7 8 9",
        "1,   0, 0,  1, 1,   0, 2 3 3 5 6 6 8 9 9",
        "1,   0, 0,  1, 0,  -1, 1 2 3 1 2 3 4 5 6",
        "1,   0, 0,  1, 0.5, 0, 1.5 2.5 3 4.5 5.5 6 7.5 8.5 9",
        "0,  -1, 1,  0, 0,   0, 3 6 9 2 5 8 1 4 7",
        "0.5, 0, 0,  1, 0,   0, 1.5 2 2.5 4.5 5 5.5 7.5 8 8.5",
        "1,   1, 0,  1, 0,   0, 1 1 2 4 5 6 8 9 9"
    })
    void pixels_are_taken_from_around_the_middle(
            double xx, double xy, double yx, double yy, double shiftX, double shiftY, String expected) {
        assertThat(distorted(new AffineDistortion(xx, xy, yx, yy, shiftX, shiftY)))
                .containsExactly(floats(expected), within(1e-6f));
    }

    private static float[] floats(String text) {
        double[] values =
                Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        float[] result = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> result[i] = (float) values[i]);
        return result;
    }

    @Test
    void distortions_are_small_and_differ() {
        SplitMix random = new SplitMix(1, 1);
        ImageShape shape = new ImageShape(105, 105, 1);
        double widest = 0;
        double farthest = 0;
        for (int i = 0; i < 500; i++) {
            AffineDistortion one = AffineDistortion.draw(random, shape);
            widest = Math.max(widest, Math.abs(one.xx() - 1));
            farthest = Math.max(farthest, Math.abs(one.shiftX()));
        }

        assertThat(widest).isBetween(0.19, 0.28);
        assertThat(farthest).isBetween(1.9, 2.0);
    }

    @Test
    void a_training_episode_is_distorted_alike_every_time_and_keeps_its_labels() {
        EpisodeSampler sampler = sampler(EpisodeDistortion.AFFINE, 1);
        Episode episode = sampler.episode(5);
        sampler.episode(6);

        assertThat(sampler.episode(5).query().pixels())
                .isEqualTo(episode.query().pixels());
        assertThat(sampler(EpisodeDistortion.AFFINE, 1).episode(5).support().pixels())
                .isEqualTo(episode.support().pixels());
        assertThat(episode.support().labels()).containsExactly(0, 1);
    }

    @Test
    void distortion_changes_pixels_and_not_the_choice_of_images() {
        EpisodeSampler distorted = sampler(EpisodeDistortion.AFFINE, 1);
        EpisodeSampler plain = sampler(EpisodeDistortion.NONE, 1);

        assertThat(distorted.plan(3)).isEqualTo(plain.plan(3));
        assertThat(distorted.episode(3).classNames()).isEqualTo(plain.episode(3).classNames());
        assertThat(distorted.episode(3).query().pixels())
                .isNotEqualTo(plain.episode(3).query().pixels());
    }

    private static EpisodeSampler sampler(EpisodeDistortion distortion, long seed) {
        return new EpisodeSampler(DATA, EPISODE, EpisodeRotation.NONE, seed).distorted(distortion);
    }
}
