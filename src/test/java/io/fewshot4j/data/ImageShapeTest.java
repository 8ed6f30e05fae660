package io.fewshot4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class ImageShapeTest {
    @Test
    void its_size_is_the_bytes_of_one_image() {
        assertThat(new ImageShape(4, 5, 3).size()).isEqualTo(60);
    }

    @Test
    void an_empty_image_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageShape(0, 5, 1))
                .withMessage("image must be at least 1x1, got 0x5");
    }

    @Test
    void two_channels_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageShape(4, 5, 2))
                .withMessage("channels must be 1 (grey) or 3 (colour), got 2");
    }
}
