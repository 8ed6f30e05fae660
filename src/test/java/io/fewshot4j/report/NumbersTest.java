package io.fewshot4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.metrics.Interval;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void figures_are_written_the_same_in_every_country() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Numbers.count(60_000)).isEqualTo("60,000");
            assertThat(Numbers.percent(0.9743)).isEqualTo("97.4 %");
            assertThat(Numbers.percent(new Interval(0.97432, 0.00614, 600))).isEqualTo("97.43 ± 0.61 %");
            assertThat(Numbers.loss(0.51249)).isEqualTo("0.512");
            assertThat(Numbers.bytes(12_897_485)).isEqualTo("12.3 MiB");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void rates_keep_about_two_digits() {
        assertThat(Numbers.rate(1234.4)).isEqualTo("1,234");
        assertThat(Numbers.rate(43.2)).isEqualTo("43");
        assertThat(Numbers.rate(4.32)).isEqualTo("4.3");
        assertThat(Numbers.rate(0.518)).isEqualTo("0.52");
    }

    @Test
    void times_show_hours_only_where_there_are_any() {
        assertThat(Numbers.time(Duration.ofMillis(6_600))).isEqualTo("0:07");
        assertThat(Numbers.time(Duration.ofSeconds(125))).isEqualTo("2:05");
        assertThat(Numbers.time(Duration.ofSeconds(3_723))).isEqualTo("1:02:03");
        assertThat(Numbers.time(Duration.ofSeconds(-3))).isEqualTo("0:00");
    }
}
