package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import io.fewshot4j.options.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededShapesTest {
    /** Six classes train, three validate, four test; 14 images each. */
    private static final SplitDataset DATA = Glyphs.draw(new GlyphsSettings(6, 3, 4, 14, 8, 1, 1));

    private static void require(SplitDataset data, String... settings) {
        EpisodeSettings episodes = Settings.parse(List.of(settings)).bind(EpisodeSettings.defaults());
        new NeededShapes(episodes, true, "0.2").require(data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "way=2,test-query=15|shot=1 and test-query=15 need 16 images in each class of validation but",
                "way=2,query=15|shot=1 and query=15 need 16 images in each class of training but",
                "way=2,train-shot=9,query=6,test-query=1|train-shot=9 and query=6 need 15 images in each class of training",
                "way=4|way must be at most 3, the number of classes of validation here, got 4; lower it or add classes",
                "way=2,train-way=7|train-way must be at most 6, the number of classes of training here, got 7",
            })
    void what_would_fail_later_is_refused_before_training(String settings, String message) {
        assertThatThrownBy(() -> require(DATA, settings.split(",", -1)))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining(message);
    }

    @Test
    void the_test_s_part_is_looked_at_too() {
        SplitDataset data = new SplitDataset("x", DATA.train(), DATA.train(), DATA.validation());
        assertThatThrownBy(() -> require(data, "way=5"))
                .hasMessageStartingWith("way must be at most 3, the number of classes of test here, got 5");
    }

    @Test
    void two_classes_in_all_leave_none_to_test() {
        SplitDataset two = Glyphs.draw(new GlyphsSettings(2, 0, 2, 14, 8, 1, 1));
        SplitDataset drawn = new SplitDataset("x", two.train(), two.validation(), two.validation(), true);
        assertThatThrownBy(() -> require(drawn, "way=2"))
                .hasMessage(
                        "test-classes=0.2 of 2 classes leaves none to test, where way=2 are needed; add classes, or set"
                                + " test-classes=0 to train without a test");
    }

    @Test
    void what_fits_is_taken() {
        assertThatCode(() -> require(DATA, "way=3", "test-query=13")).doesNotThrowAnyException();
    }
}
