package io.fewshot4j.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PredictionsTest {
    private final Scores scores = new Scores(3, new double[] {0.2, 0.5, 0.3, 0.4, 0.2, 0.4});

    @Test
    void a_query_is_of_its_most_probable_class() {
        assertThat(scores.queries()).isEqualTo(2);
        assertThat(scores.way()).isEqualTo(3);
        assertThat(scores.predicted(0)).isEqualTo(1);
    }

    @Test
    void of_equal_probabilities_the_first_class_wins() {
        assertThat(scores.predicted(1)).isZero();
    }

    @Test
    void the_answer_is_the_last_step() {
        Scores before = new Scores(3, new double[] {1, 0, 0});

        assertThat(new Predictions(List.of(before, scores)).last()).isSameAs(scores);
    }

    @Test
    void no_step_at_all_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Predictions(List.of()))
                .withMessage("predictions must have at least one step, got none");
    }

    @Test
    void only_statistics_over_all_queries_are_transductive() {
        assertThat(BatchStatistics.values())
                .filteredOn(BatchStatistics::transductive)
                .containsExactly(BatchStatistics.BATCH);
    }
}
