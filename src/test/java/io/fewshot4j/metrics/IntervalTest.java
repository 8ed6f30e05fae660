package io.fewshot4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class IntervalTest {
    @Test
    void half_the_width_is_1_96_standard_errors() {
        Interval interval = Interval.of(List.of(1.0, 2.0, 3.0, 4.0));

        assertThat(interval.mean()).isEqualTo(2.5);
        assertThat(interval.halfWidth()).isCloseTo(1.96 * Math.sqrt(5.0 / 3 / 4), within(1e-12));
        assertThat(interval.count()).isEqualTo(4);
    }

    @Test
    void one_value_has_no_width() {
        assertThat(Interval.of(List.of(0.7))).isEqualTo(new Interval(0.7, 0, 1));
    }

    @Test
    void no_value_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.of(List.of()))
                .withMessage("an interval needs at least 1 value, got none");
    }
}
