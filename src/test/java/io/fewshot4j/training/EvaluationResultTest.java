package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.Split;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.PredictionAxis;
import io.fewshot4j.metrics.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EvaluationResultTest {
    @Test
    void the_accuracy_is_that_after_the_last_step() {
        Interval before = new Interval(0.2, 0.01, 600);
        Interval after = new Interval(0.9, 0.02, 600);

        EvaluationResult.Mode mode =
                new EvaluationResult.Mode(BatchStatistics.BATCH, List.of(before, after), List.of(0.9));

        assertThat(mode.accuracy()).isEqualTo(after);
        assertThat(new EvaluationResult(
                                EvaluationResult.OWN,
                                Split.TEST,
                                new EpisodeShape(5, 1, 1),
                                600,
                                1,
                                "hash",
                                PredictionAxis.INNER_STEP,
                                List.of(mode))
                        .modes())
                .containsExactly(mode);
    }
}
