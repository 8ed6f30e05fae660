package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

final class BaselineTest {
    private static final Baseline BASELINE = new Baseline();

    @ParameterizedTest
    @CsvSource({
        "cosine-scale=0, 'cosine-scale must be above 0, got 0.0'",
        "test-inner-steps=0, 'test-inner-steps must be at least 1, got 0'",
        "fine-tune-learning-rate=0, 'fine-tune-learning-rate must be above 0, got 0.0'",
        "fine-tune-decay=-1, 'fine-tune-decay must be at least 0, got -1.0'"
    })
    void impossible_fine_tuning_is_refused(String setting, String message) {
        assertThatThrownBy(() -> Settings.parse(List.of(setting)).bind(BASELINE.defaults()))
                .hasMessage(message);
    }

    @Test
    void a_model_is_for_known_classes() {
        TaskShape shape = Shapes.of(BASELINE, 28, new EpisodeShape(5, 1, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BASELINE.initialise(BASELINE.defaults(), shape, 1, DataType.FLOAT))
                .withMessage("baseline must know the training classes, got 0");
    }
}
