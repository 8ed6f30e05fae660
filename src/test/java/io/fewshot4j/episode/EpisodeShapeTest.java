package io.fewshot4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EpisodeShapeTest {
    @Test
    void sets_have_an_image_for_each_class_and_shot() {
        EpisodeShape shape = new EpisodeShape(5, 2, 15);

        assertThat(shape.supportSize()).isEqualTo(10);
        assertThat(shape.querySize()).isEqualTo(75);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 'way must be at least 1, got 0'",
        "2, 0, 1, 'shot must be at least 1, got 0'",
        "2, 1, 0, 'query must be at least 1, got 0'",
        "2, 2147483647, 1, 'way x (shot + query) must be at most 1000000 images, got 2 x (2147483647 + 1)'"
    })
    void an_impossible_shape_is_refused(int way, int shot, int query, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpisodeShape(way, shot, query))
                .withMessage(message);
    }
}
