package io.fewshot4j.data.glyphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.Draws;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlyphsTest {
    private static final SplitDataset GLYPHS = Glyphs.draw(GlyphsSettings.defaults());

    private static GlyphsSettings small(int size, double jitter, long seed) {
        return new GlyphsSettings(3, 0, 2, 4, size, jitter, seed);
    }

    private static byte[] image(ImageDataset images, int character, int drawing) {
        byte[] bytes = new byte[images.shape().size()];
        images.read(character, drawing, bytes, 0);
        return bytes;
    }

    @Test
    void the_same_settings_give_the_same_bytes_on_every_machine() {
        assertThat(GLYPHS.train().fingerprint())
                .isEqualTo("48836d28e4ebb35b4dc44f6b04ff20320aa70ecfd0e910ccd8d82e85a28b6954");
    }

    @Test
    void sizes_and_names_are_as_asked_for() {
        assertThat(GLYPHS.train().shape()).isEqualTo(new ImageShape(28, 28, 1));
        assertThat(Stream.of(Split.values()).map(GLYPHS::of).map(ImageDataset::classCount))
                .containsExactly(200, 50, 50);
        assertThat(GLYPHS.test().imageCount(49)).isEqualTo(20);
        assertThat(GLYPHS.test().imageName(0, 3)).isEqualTo("drawn");
        Set<String> names = new HashSet<>();
        for (Split split : Split.values()) {
            IntStream.range(0, GLYPHS.of(split).classCount())
                    .forEach(i -> names.add(GLYPHS.of(split).className(i)));
        }
        assertThat(names).hasSize(300).contains("glyph0000", "glyph0299");
    }

    @Test
    void no_two_drawings_are_alike_and_none_is_bare_or_black() {
        Set<List<Byte>> seen = new HashSet<>();
        for (int character = 0; character < 200; character++) {
            for (int drawing = 0; drawing < 20; drawing++) {
                byte[] bytes = image(GLYPHS.train(), character, drawing);
                double ink = IntStream.range(0, 784)
                                .map(i -> bytes[i] & 0xff)
                                .average()
                                .orElseThrow()
                        / 255;
                assertThat(ink).as("ink of %d/%d", character, drawing).isBetween(0.02, 0.35);
                seen.add(IntStream.range(0, 784).mapToObj(i -> bytes[i]).toList());
            }
        }
        assertThat(seen).hasSize(4000);
    }

    /** Chance is 20 %; a trained network goes beyond 90 %. */
    @Test
    void nearest_neighbour_by_pixels_is_far_from_chance_and_far_from_a_learner() {
        assertThat(nearestNeighbourAccuracy(GLYPHS.test(), 400)).isBetween(0.45, 0.56);
    }

    private static double nearestNeighbourAccuracy(ImageDataset images, int episodes) {
        Draws draws = Draws.of(1, 1);
        int right = 0;
        for (int episode = 0; episode < episodes; episode++) {
            List<Integer> classes = distinct(draws, images.classCount(), 5);
            List<Integer> shots = distinct(draws, 20, 2);
            for (int character : classes) {
                byte[] query = image(images, character, shots.get(1));
                int nearest = classes.stream()
                        .min((a, b) -> Long.compare(
                                distance(query, image(images, a, shots.get(0))),
                                distance(query, image(images, b, shots.get(0)))))
                        .orElseThrow();
                right += nearest == character ? 1 : 0;
            }
        }
        return right / (5.0 * episodes);
    }

    private static List<Integer> distinct(Draws draws, int below, int count) {
        return Stream.generate(() -> draws.whole(0, below - 1))
                .distinct()
                .limit(count)
                .toList();
    }

    private static long distance(byte[] a, byte[] b) {
        return IntStream.range(0, a.length)
                .mapToLong(i -> (a[i] & 0xff) - (b[i] & 0xff))
                .map(d -> d * d)
                .sum();
    }

    @Test
    void another_seed_is_another_script() {
        assertThat(Glyphs.draw(small(28, 1, 2)).train().fingerprint())
                .isNotEqualTo(Glyphs.draw(small(28, 1, 1)).train().fingerprint());
    }

    @Test
    void without_jitter_all_drawings_of_a_character_are_alike() {
        ImageDataset steady = Glyphs.draw(small(28, 0, 1)).train();
        assertThat(image(steady, 1, 0)).isEqualTo(image(steady, 1, 3)).isNotEqualTo(image(steady, 2, 0));
    }

    @Test
    void size_scales_the_drawing_and_not_its_share_of_ink() {
        assertThat(ink(Glyphs.draw(small(84, 1, 1)).train()))
                .isCloseTo(ink(Glyphs.draw(small(28, 1, 1)).train()), within(0.005));
        assertThat(Glyphs.draw(small(84, 1, 1)).validation().classCount()).isZero();
    }

    private static double ink(ImageDataset images) {
        byte[] bytes = image(images, 0, 0);
        return IntStream.range(0, bytes.length)
                        .map(i -> bytes[i] & 0xff)
                        .average()
                        .orElseThrow()
                / 255;
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,2,2,28,1,'trainClasses must be between 2 and 100000, got 1'",
        "2,-1,2,2,28,1,'validationClasses must be between 0 and 100000, got -1'",
        "2,0,1,2,28,1,'testClasses must be between 2 and 100000, got 1'",
        "2,0,2,1,28,1,'imagesPerClass must be between 2 and 1000, got 1'",
        "2,0,2,2,7,1,'imageSize must be between 8 and 256, got 7'",
        "2,0,2,2,28,4,'jitter must be between 0 and 3, got 4.0'",
        "2,0,2,2,28,NaN,'jitter must be between 0 and 3, got NaN'"
    })
    void settings_out_of_range_are_refused(
            int train, int validation, int test, int images, int size, double jitter, String message) {
        assertThatThrownBy(() -> new GlyphsSettings(train, validation, test, images, size, jitter, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
