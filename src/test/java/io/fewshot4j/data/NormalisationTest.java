package io.fewshot4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalisationTest {
    private static final ImageShape PIXEL = new ImageShape(1, 1, 3);
    private static final ImageShape GREY = new ImageShape(1, 3, 1);
    private static final byte[] BYTES = {0, (byte) 255, 51};

    private static float[] values(Normalisation normalisation, ImageShape shape) {
        float[] values = new float[4];
        normalisation.copy(shape, BYTES, values, 1);
        return values;
    }

    @Test
    void unit_divides_by_255() {
        assertThat(values(Normalisation.UNIT, PIXEL)).containsExactly(0, 0, 1, 51 / 255f);
    }

    @Test
    void imagenet_takes_each_colour_s_mean_and_deviation() {
        float[] values = values(Normalisation.IMAGENET, PIXEL);
        assertThat(values[1]).isEqualTo(-0.485f / 0.229f, within(1e-6f));
        assertThat(values[2]).isEqualTo((1 - 0.456f) / 0.224f, within(1e-6f));
        assertThat(values[3]).isEqualTo((0.2f - 0.406f) / 0.225f, within(1e-6f));
    }

    @Test
    void relation_net_takes_omniglot_s_for_every_channel() {
        float[] values = values(Normalisation.RELATION_NET, GREY);
        assertThat(values[1]).isEqualTo(-0.92206f / 0.08426f, within(1e-5f));
        assertThat(values[2]).isEqualTo(0.07794f / 0.08426f, within(1e-5f));
    }

    @ParameterizedTest
    @EnumSource
    void values_can_be_shown_again(Normalisation normalisation) {
        float[] values = values(normalisation, PIXEL);
        for (int c = 0; c < 3; c++) {
            assertThat(normalisation.toUnit(values[c + 1], c)).isEqualTo((BYTES[c] & 255) / 255f, within(1e-6f));
        }
    }

    @Test
    void colours_are_not_for_grey_images() {
        Normalisation.RELATION_NET.requireFits(GREY);
        Normalisation.IMAGENET.requireFits(PIXEL);
        assertThatThrownBy(() -> Normalisation.IMAGENET.requireFits(GREY))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("needs images of 3 channels, got 1");
    }
}
