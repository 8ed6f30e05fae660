package io.fewshot4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private static final Confusion CONFUSION =
            Confusion.of(List.of("a,b", "say \"c\"", "d"), List.of(0, 1, 1, 2, 0), List.of(0, 1, 0, 2, 0));

    @Test
    void fractions_are_written_as_per_cent() {
        assertThat(Percent.of(new Interval(0.98714, 0.0035, 600))).isEqualTo("98.71 % ± 0.35 %");
        assertThat(Percent.of(1)).isEqualTo("100.00 %");
    }

    @Test
    void accuracy_counts_equal_labels_beyond_the_cache_of_small_integers() {
        Accuracy accuracy = Accuracy.of(List.of(1000, 2, 3, 0), List.of(1000, 2, 1, 1));
        assertThat(accuracy).isEqualTo(new Accuracy(2, 4));
        assertThat(accuracy.fraction()).isEqualTo(0.5);
    }

    @Test
    void counts_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> Accuracy.of(List.of(1), List.of()))
                .hasMessage("predictions must be as many as labels, got 1 for 0");
        assertThatThrownBy(() -> new Accuracy(0, 0)).hasMessageContaining("got 0 of 0");
        assertThatThrownBy(() -> new Accuracy(3, 2)).hasMessageContaining("got 3 of 2");
        assertThatThrownBy(() -> Confusion.of(List.of("a"), List.of(0), List.of()))
                .hasMessageContaining("got 1 for 0");
        assertThatThrownBy(() -> Confusion.of(List.of("a"), List.of(1), List.of(0)))
                .hasMessage("a label must be 0 to 0, got 1");
        assertThatThrownBy(() -> Confusion.of(List.of("a"), List.of(0), List.of(-1)))
                .hasMessageContaining("got -1");
        assertThatThrownBy(() -> new Confusion(List.of("a"), List.of()))
                .hasMessage("confusion must be 1 x 1 counts, got []");
        assertThatThrownBy(() -> new Confusion(List.of("a"), List.of(List.of())))
                .hasMessageContaining("got [[]]");
    }

    @Test
    void confusion_counts_true_by_predicted() {
        assertThat(CONFUSION.counts()).containsExactly(List.of(2, 1, 0), List.of(0, 1, 0), List.of(0, 0, 1));
        assertThat(CONFUSION.accuracy()).isEqualTo(new Accuracy(4, 5));
    }

    @Test
    void confusion_is_an_aligned_table_and_quoted_csv() {
        assertThat(CONFUSION.toCsv())
                .isEqualTo(
                        "true \\ predicted,\"a,b\",\"say \"\"c\"\"\",d\n\"a,b\",2,1,0\n\"say \"\"c\"\"\",0,1,0\nd,0,0,1\n");
        assertThat(CONFUSION.toText().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).hasSize(4 * 16 + 3 * 2));
        assertThat(CONFUSION.toText())
                .endsWith("               d                 0                 0                 1\n");
    }
}
