package io.fewshot4j.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.report.Csv;
import io.fewshot4j.report.SampleRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationCsvTest {
    @Test
    void each_step_of_each_mode_has_a_row() {
        List<List<String>> rows = Csv.parse(EvaluationCsv.byStep(List.of(SampleRun.evaluation())));

        assertThat(rows).hasSize(1 + 2 * 4);
        assertThat(rows.get(8).subList(0, 8))
                .containsExactly("test", "5", "1", "1", "support-and-one-query", "inductive", "3", "0.9567");
    }

    @Test
    void each_episode_of_each_mode_has_a_row_that_reads_back_to_its_accuracy() {
        List<List<String>> rows = Csv.parse(EvaluationCsv.byEpisode(List.of(SampleRun.evaluation())));

        List<Double> read = rows.stream()
                .skip(1)
                .filter(row -> row.get(5).equals("transductive"))
                .map(row -> Double.parseDouble(row.get(8)))
                .toList();
        assertThat(rows).hasSize(1 + 2 * 600);
        assertThat(read).isEqualTo(SampleRun.evaluation().modes().get(0).accuracyByEpisode());
        assertThat(rows.get(601))
                .containsExactly("test", "5", "1", "1", "support-and-one-query", "inductive", "7", "0", "0.8", "own");
    }
}
