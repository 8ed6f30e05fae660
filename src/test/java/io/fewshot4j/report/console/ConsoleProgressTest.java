package io.fewshot4j.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.console.ProgressOutput.Style;
import io.fewshot4j.training.TrainingEvent.Reason;
import io.fewshot4j.training.TrainingEvent.Saved;
import io.fewshot4j.training.TrainingEvent.Started;
import io.fewshot4j.training.TrainingEvent.Stopped;
import io.fewshot4j.training.TrainingEvent.Updated;
import io.fewshot4j.training.TrainingEvent.Validated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleProgressTest {
    private final Recorder recorder = new Recorder();

    @Test
    void plain_lines_tell_start_progress_validation_saves_and_end() {
        run(new ConsoleProgress(recorder.output(Style.LINES, true)), Reason.FINISHED);

        assertThat(recorder.lines())
                .containsExactly(
                        "training: iteration 0 to 1,200, 32 tasks each",
                        "iteration 3/1,200: loss 0.750, accuracy 71.3 %, 16 tasks/s, 39:54 left",
                        "validation at 4: 61.20 ± 0.81 %, loss 0.700 (best so far)",
                        "saved at 4: " + Path.of("run", "4"),
                        "iteration 6/1,200: loss 0.750, accuracy 71.3 %, 16 tasks/s, 39:48 left",
                        "validation at 8: 60.10 ± 0.81 %, loss 0.710 (best 61.2 % at 4)",
                        "training finished at iteration 8 after 0:16");
    }

    @Test
    void saves_are_told_only_when_verbose() {
        run(new ConsoleProgress(recorder.output(Style.LINES, false)), Reason.FINISHED);

        assertThat(recorder.text()).doesNotContain("saved");
    }

    @Test
    void a_silent_one_says_nothing() {
        run(new ConsoleProgress(recorder.output(Style.SILENT, true)), Reason.FINISHED);

        assertThat(recorder.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_IMPROVEMENT, training stopped at iteration 8 after 0:16: validation accuracy no longer improves",
        "INTERRUPTED, training interrupted at iteration 8 after 0:16"
    })
    void the_last_line_says_why_training_ended(Reason reason, String line) {
        run(new ConsoleProgress(recorder.output(Style.LINES, false)), reason);

        assertThat(recorder.lines()).last().isEqualTo(line);
    }

    @Test
    void a_terminal_without_unicode_gets_ascii() {
        run(new ConsoleProgress(recorder.output(Style.LINES, false, false)), Reason.FINISHED);

        assertThat(recorder.text()).contains("61.20 +/- 0.81 %").isASCII();
    }

    @Test
    void a_terminal_gets_a_bar_with_all_figures() {
        run(new ConsoleProgress(recorder.output(Style.BAR, true)), Reason.FINISHED);

        assertThat(recorder.text())
                .contains("8/1,200 · 16 tasks/s · loss 0.750 · acc 71.3 % · 39:44 left")
                .contains("\r\u001b[Ksaved at 4: ")
                .endsWith("training finished at iteration 8 after 0:16" + System.lineSeparator());
    }

    @Test
    void after_a_resume_the_time_left_counts_new_updates_only() {
        ConsoleProgress progress = new ConsoleProgress(recorder.output(Style.LINES, false));
        progress.on(new Started(400, 500, 4));
        recorder.pass(Duration.ofSeconds(10));
        progress.on(new Updated(410, 0.5, 0.8, 1e-3, 1));

        assertThat(recorder.lines())
                .containsExactly(
                        "training: iteration 400 to 500, 4 tasks each",
                        "iteration 410/500: loss 0.500, accuracy 80.0 %, 4.0 tasks/s, 1:30 left");
    }

    @Test
    void lines_come_where_there_is_no_terminal_that_can_redraw() {
        assertThat(Style.detect(true, Map.of("TERM", "xterm"))).isEqualTo(Style.BAR);
        assertThat(Style.detect(true, Map.of("TERM", "dumb"))).isEqualTo(Style.LINES);
        assertThat(Style.detect(false, Map.of("TERM", "xterm"))).isEqualTo(Style.LINES);
        assertThat(ProgressOutput.standardError(true, false, false).style()).isEqualTo(Style.LINES);
        assertThat(ProgressOutput.standardError(false, true, false).style()).isEqualTo(Style.SILENT);
    }

    /** Eight updates of two seconds, two validations, one save. */
    private void run(ConsoleProgress progress, Reason reason) {
        progress.on(new Started(0, 1200, 32));
        for (int i = 1; i <= 8; i++) {
            recorder.pass(Duration.ofSeconds(2));
            progress.on(new Updated(i, 0.75, 0.713, 1e-3, 2));
            if (i == 4) {
                progress.on(new Validated(i, new Interval(0.612, 0.0081, 200), 0.7, true));
                progress.on(new Saved(i, Path.of("run", "4")));
            }
        }
        progress.on(new Validated(8, new Interval(0.601, 0.0081, 200), 0.71, false));
        progress.on(new Stopped(8, reason));
    }
}
