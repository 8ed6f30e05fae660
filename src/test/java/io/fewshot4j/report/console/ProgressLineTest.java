package io.fewshot4j.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.report.console.ProgressOutput.Style;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long MEBIBYTE = 1 << 20;

    private final Recorder recorder = new Recorder();

    @Test
    void a_counted_job_tells_its_speed_and_the_time_left() {
        try (var line = ProgressLine.counting(recorder.output(Style.LINES, false), "evaluating", "episodes", 1200)) {
            line.advance(600);
            recorder.pass(Duration.ofSeconds(6));
            line.advance(150);
            line.advance(150);
            recorder.pass(Duration.ofSeconds(4));
            line.advance(300);
        }

        assertThat(recorder.lines())
                .containsExactly(
                        "evaluating: 1,200 episodes",
                        "evaluating: 750 of 1,200 episodes, 125 episodes/s, 0:04 left",
                        "evaluating: 1,200 episodes in 0:10");
    }

    @Test
    void a_job_that_breaks_off_says_where() {
        try (var line = ProgressLine.counting(recorder.output(Style.LINES, false), "decoding", "images", 10)) {
            line.advance(3);
        }

        assertThat(recorder.lines()).last().isEqualTo("decoding: stopped at 3 of 10 images after 0:00");
    }

    @Test
    void bytes_are_told_in_mebibytes_and_the_total_may_be_unknown() {
        try (var line =
                ProgressLine.bytes(recorder.output(Style.LINES, false), "fetching a.zip", OptionalLong.empty())) {
            recorder.pass(Duration.ofSeconds(5));
            line.advance(10 * MEBIBYTE);
        }

        assertThat(recorder.lines())
                .containsExactly(
                        "fetching a.zip", "fetching a.zip: 10.0 MiB, 2.0 MiB/s", "fetching a.zip: 10.0 MiB in 0:05");
    }

    @Test
    void a_long_job_gets_fewer_lines_as_it_goes_on() {
        try (var line = ProgressLine.counting(recorder.output(Style.LINES, false), "job", "things", 36_000)) {
            for (int i = 0; i < 36_000; i++) {
                recorder.pass(Duration.ofMillis(100));
                line.advance(1);
            }
        }

        assertThat(recorder.lines()).hasSizeBetween(150, 200);
    }

    @Test
    void a_terminal_gets_a_bar() {
        try (var line = ProgressLine.counting(recorder.output(Style.BAR, false), "evaluating", "episodes", 4)) {
            recorder.pass(Duration.ofSeconds(2));
            line.advance(4);
        }

        assertThat(recorder.text()).contains("100 % [").contains("█] evaluating 4 of 4 episodes · 2.0 episodes/s");
        assertThat(recorder.lines()).last().isEqualTo("evaluating: 4 episodes in 0:02");
    }

    @Test
    void a_bar_fills_the_width_and_gives_way_to_the_text() {
        assertThat(Bar.render(0.5, "text", 24, '#')).isEqualTo(" 50 % [#####      ] text");
        assertThat(Bar.render(0.5, "text", 20, '#')).isEqualTo(" 50 % text");
        assertThat(Bar.render(-1, "text", 80, '#')).isEqualTo("text");
        assertThat(Bar.render(1, "a long text", 9, '#')).isEqualTo("100 % a l");
    }
}
