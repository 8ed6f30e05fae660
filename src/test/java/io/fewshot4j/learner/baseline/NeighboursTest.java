package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NeighboursTest {
    private static final Support SUPPORT = new Support(List.of("a", "b"), rows(new int[] {0, 1, 1}, 10, 0, 1, 1, 0, 0));

    private static LabelledImages rows(int[] labels, float... features) {
        return new FeatureRows(2).examples(features, labels);
    }

    @Test
    void cosine_looks_at_directions() {
        Scores scores = new Neighbours(Distance.COSINE, SUPPORT).scores(rows(new int[1], 3, 1));

        // cosines 3 / sqrt(10), 4 / sqrt(20) and 0 for the image of zeros: b's nearest is 0.8944
        double a = Math.exp(3 / Math.sqrt(10));
        double b = Math.exp(4 / Math.sqrt(20));
        assertThat(scores.predicted(0)).isZero();
        assertThat(scores.probability(0, 0)).isCloseTo(a / (a + b), within(1e-12));
    }

    @Test
    void euclidean_looks_at_lengths() {
        Scores scores = new Neighbours(Distance.EUCLIDEAN, SUPPORT).scores(rows(new int[2], 3, 1, 9, 0));

        // distances sqrt(50), 2 and sqrt(10); then 1, sqrt(65) and 9
        double a = Math.exp(-Math.sqrt(50));
        double b = Math.exp(-2);
        assertThat(scores.predicted(0)).isEqualTo(1);
        assertThat(scores.probability(0, 1)).isCloseTo(b / (a + b), within(1e-12));
        assertThat(scores.predicted(1)).isZero();
    }
}
