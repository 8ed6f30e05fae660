package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Support;
import io.fewshot4j.options.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InnerBatchesTest {
    private final Episode episode = episode("a", "b", "c");

    /** Seven support images, whose pixels are 0 to 6, and two queries. */
    private static Episode episode(String... classes) {
        return new Episode(
                List.of(classes),
                new LabelledImages(
                        new ImageShape(1, 1, 1), new float[] {0, 1, 2, 3, 4, 5, 6}, new int[] {0, 0, 0, 1, 1, 2, 2}),
                new LabelledImages(new ImageShape(1, 1, 1), new float[] {10, 11}, new int[] {0, 1}));
    }

    private static ReptileSettings settings(String... changes) {
        return Settings.parse(List.of(changes)).bind(new Reptile().defaults());
    }

    private static List<Float> pixels(LabelledImages batch) {
        return IntStream.range(0, batch.count())
                .mapToObj(i -> batch.pixels()[i])
                .toList();
    }

    private List<List<Float>> training(String... changes) {
        return InnerBatches.training(settings(changes), episode).stream()
                .map(InnerBatchesTest::pixels)
                .toList();
    }

    private static List<Float> joined(List<List<Float>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }

    @Test
    void cycling_uses_up_every_image_before_one_comes_again() {
        List<List<Float>> batches = training("inner-steps=7", "inner-batch=3");

        assertThat(batches).hasSize(7).allSatisfy(batch -> assertThat(batch).hasSize(3));
        for (int pass = 0; pass < 3; pass++) {
            assertThat(joined(batches).subList(7 * pass, 7 * pass + 7))
                    .containsExactlyInAnyOrder(0f, 1f, 2f, 3f, 4f, 5f, 6f);
        }
        assertThat(joined(batches).subList(0, 7)).isNotEqualTo(joined(batches).subList(7, 14));
    }

    @Test
    void cycling_fills_a_batch_larger_than_the_set() {
        List<List<Float>> batches = training("inner-steps=2", "inner-batch=10");

        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSize(10));
        assertThat(batches.get(0)).contains(0f, 1f, 2f, 3f, 4f, 5f, 6f);
        assertThat(joined(batches).subList(7, 14)).containsExactlyInAnyOrder(0f, 1f, 2f, 3f, 4f, 5f, 6f);
    }

    @Test
    void replacement_draws_every_batch_from_all_images() {
        List<List<Float>> batches = training("inner-steps=20", "inner-batch=5", "inner-sampling=replacement");

        assertThat(batches)
                .hasSize(20)
                .allSatisfy(batch -> assertThat(batch).hasSize(5).doesNotHaveDuplicates());
        assertThat(joined(batches).subList(0, 7)).doesNotContain(10f).hasSize(7);
        assertThat(Arrays.asList(0f, 1f, 2f, 3f, 4f, 5f, 6f))
                .allSatisfy(image -> assertThat(joined(batches)).contains(image));
        assertThat(training("inner-steps=1", "inner-batch=9", "inner-sampling=replacement")
                        .get(0))
                .as("no more than there are")
                .hasSize(7);
    }

    @Test
    void a_separate_tail_is_the_query_set_that_no_other_batch_sees() {
        List<List<Float>> batches = training("inner-steps=4", "inner-batch=3", "tail=separate");

        assertThat(batches).hasSize(4);
        assertThat(batches.get(3)).containsExactly(10f, 11f);
        assertThat(joined(batches.subList(0, 3))).doesNotContain(10f, 11f);
        assertThat(joined(training("inner-steps=4", "inner-batch=3"))).doesNotContain(10f, 11f);
    }

    @Test
    void labels_stay_with_their_images() {
        for (LabelledImages batch : InnerBatches.training(settings(), episode)) {
            for (int i = 0; i < batch.count(); i++) {
                int image = (int) batch.pixels()[i];
                assertThat(batch.label(i)).isEqualTo(episode.support().label(image));
            }
        }
    }

    @Test
    void tests_have_batches_and_steps_of_their_own() {
        List<LabelledImages> batches = InnerBatches.test(
                settings("test-inner-steps=6", "test-inner-batch=2", "tail=separate"), Support.of(episode));

        assertThat(batches)
                .hasSize(6)
                .allSatisfy(batch -> assertThat(batch.count()).isEqualTo(2));
        assertThat(joined(batches.stream().map(InnerBatchesTest::pixels).toList()))
                .doesNotContain(10f, 11f);
    }

    @Test
    void the_same_episode_gives_the_same_batches_and_another_order_of_classes_others() {
        assertThat(training()).isEqualTo(training());
        assertThat(InnerBatches.training(settings(), episode("b", "a", "c")).stream()
                        .map(InnerBatchesTest::pixels)
                        .toList())
                .isNotEqualTo(training());
    }
}
