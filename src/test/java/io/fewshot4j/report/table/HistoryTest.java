package io.fewshot4j.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.report.Csv;
import io.fewshot4j.report.History;
import io.fewshot4j.report.SampleRun;
import io.fewshot4j.training.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {10, 499, 500, 501, 999, 1001, 60_000})
    void thinning_counts_every_update_once(int iterations) {
        History history = SampleRun.history(iterations);

        var points = history.thinned(500);

        double sum = history.updates().stream()
                .mapToDouble(TrainingEvent.Updated::loss)
                .sum();
        assertThat(points).hasSizeLessThanOrEqualTo(500);
        assertThat(points.stream().mapToInt(History.Point::updates).sum()).isEqualTo(iterations);
        assertThat(points.stream().mapToDouble(p -> p.updates() * p.loss()).sum())
                .isCloseTo(sum, within(1e-9 * sum));
        assertThat(points.get(points.size() - 1).iteration()).isEqualTo(iterations);
    }

    @Test
    void a_short_curve_is_left_as_it_is() {
        History history = SampleRun.history(20);

        assertThat(history.thinned(500)).hasSize(20).first().satisfies(point -> {
            assertThat(point.loss()).isEqualTo(history.updates().get(0).loss());
            assertThat(point.iteration()).isEqualTo(1);
        });
    }

    @Test
    void the_best_validation_is_the_last_that_was_best() {
        assertThat(SampleRun.history(100).best().orElseThrow().iteration()).isEqualTo(90);
        assertThat(new History().best()).isEmpty();
    }

    @Test
    void the_csv_reads_back_to_the_same_events() throws IOException {
        History history = SampleRun.history(100);
        Path file = Files.writeString(folder.resolve("history.csv"), HistoryCsv.write(history));

        History all = HistoryCsv.read(file, Long.MAX_VALUE);
        History half = HistoryCsv.read(file, 50);

        assertThat(all.updates()).isEqualTo(history.updates());
        assertThat(all.validations()).isEqualTo(history.validations());
        assertThat(half.updates()).isEqualTo(history.updates().subList(0, 50));
        assertThat(half.validations()).isEqualTo(history.validations().subList(0, 5));
    }

    @Test
    void rows_of_the_csv_go_by_iteration_and_updates_before_validations() {
        var rows = Csv.parse(HistoryCsv.write(SampleRun.history(20)));

        assertThat(rows.stream().skip(1).map(row -> row.get(0)).limit(4)).containsExactly("1", "2", "2", "3");
        assertThat(rows.get(2).get(5)).isEmpty();
        assertThat(rows.get(3).get(1)).isEmpty();
    }

    @Test
    void a_damaged_csv_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("history.csv"), "iteration\nx\n");

        assertThatThrownBy(() -> HistoryCsv.read(file, 1))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("the training history " + file + " is damaged (");
        assertThatThrownBy(() -> HistoryCsv.read(folder.resolve("none.csv"), 1))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cannot read the training history");
    }
}
