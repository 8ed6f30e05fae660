package io.fewshot4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.data.ImageShape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LabelledImagesTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 1);

    private final LabelledImages images =
            new LabelledImages(SHAPE, new float[] {0, 1, 2, 3, 4, 5}, new int[] {2, 0, 1});

    @Test
    void one_image_can_be_taken_alone() {
        LabelledImages one = images.only(1);

        assertThat(one.shape()).isEqualTo(SHAPE);
        assertThat(one.count()).isEqualTo(1);
        assertThat(one.pixels()).containsExactly(2, 3);
        assertThat(one.label(0)).isZero();
    }

    @Test
    void some_can_be_taken_in_any_order_and_more_than_once() {
        LabelledImages some = images.select(2, 0, 2);

        assertThat(some.shape()).isEqualTo(SHAPE);
        assertThat(some.pixels()).containsExactly(4, 5, 0, 1, 4, 5);
        assertThat(some.labels()).containsExactly(1, 2, 1);
    }

    @Test
    void an_image_of_others_comes_last() {
        LabelledImages more = images.only(2).with(images, 0);

        assertThat(more.pixels()).containsExactly(4, 5, 0, 1);
        assertThat(more.labels()).containsExactly(1, 2);
    }

    @Test
    void labels_are_a_copy() {
        images.labels()[0] = 9;

        assertThat(images.labels()).containsExactly(2, 0, 1);
    }

    @Test
    void pixels_that_do_not_fit_the_labels_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelledImages(SHAPE, new float[3], new int[2]))
                .withMessage("pixels must hold 2 images of 2 values, got 3 values");
    }

    @Test
    void an_episode_has_as_many_classes_as_names() {
        assertThat(new Episode(List.of("a", "b", "c"), images, images).way()).isEqualTo(3);
    }
}
