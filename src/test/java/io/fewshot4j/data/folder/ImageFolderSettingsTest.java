package io.fewshot4j.data.folder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.data.image.Fit;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "'0, 4, 1, 0.2, 0.2', 'image-height must be 1 to 1024, got 0'",
        "'4, 9999, 1, 0.2, 0.2', 'image-width must be 1 to 1024, got 9999'",
        "'4, 4, 2, 0.2, 0.2', 'image-channels must be 1 (grey) or 3 (colour), got 2'",
        "'4, 4, 1, -1, 0.2', 'validation-classes must be a share from 0 to below 1, or a whole number of classes, got -1.0'",
        "'4, 4, 1, 0.2, 1.5', 'test-classes must be a share from 0 to below 1, or a whole number of classes, got 1.5'",
        "'4, 4, 1, 0.2, NaN', 'test-classes must be a share from 0 to below 1, or a whole number of classes, got NaN'",
    })
    void settings_out_of_range_are_refused(String settings, String message) {
        double[] v = Arrays.stream(settings.split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThatThrownBy(() -> new ImageFolderSettings(
                        (int) v[0], (int) v[1], (int) v[2], Fit.SQUASH, false, v[3], v[4], 1, "", 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
