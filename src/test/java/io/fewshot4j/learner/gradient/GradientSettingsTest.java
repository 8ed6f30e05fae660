package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GradientSettingsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inner-steps=0           | inner-steps and test-inner-steps must be at least 1, got 0 and 10
            test-inner-steps=0      | inner-steps and test-inner-steps must be at least 1, got 1 and 0
            inner-learning-rate=0   | inner-learning-rate must be above 0, got 0.0
            batch-norm-epsilon=0    | batch-norm-epsilon must be above 0, got 0.0
            filters=0               | filters must be at least 1, got 0
            """)
    void values_out_of_range_are_refused(String setting, String message) {
        assertThatThrownBy(() -> {
                    Tasks.settings(setting);
                    Tasks.shape(28, setting);
                })
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }
}
