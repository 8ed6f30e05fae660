package io.fewshot4j.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.report.Csv;
import io.fewshot4j.report.SampleRun;
import io.fewshot4j.report.html.ResultsFolder;
import io.fewshot4j.report.table.ResultRow.Claim;
import io.fewshot4j.report.table.ResultRow.Origin;
import io.fewshot4j.report.table.ResultRow.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTableTest {
    private static final Origin ORIGIN = new Origin("2 cores", "0.1", "omniglot", "ab", 7, "fewshot4j reproduce maml");

    private static Claim claim(String preset) {
        return new Claim(preset, "MAML | 5-way", "98.7 ± 0.4 %", "transductive; 600 episodes", "Finn et al. 2017");
    }

    private static ResultRow measured(String preset, String ended, double budget) {
        Training training = new Training(700, 60_000, 500, ended, 1234.5, budget, "");
        return new ResultRow(
                claim(preset), "", training, ResultRow.Test.of(SampleRun.evaluation()), ORIGIN, Map.of("way", "5"));
    }

    private static ResultRow failed(String preset) {
        return ResultRow.without(claim(preset), "failed: no luck", ORIGIN, Map.of());
    }

    @Test
    void ours_and_published_figures_stand_in_columns_of_their_own() {
        assertThat(ResultsTable.markdown(List.of(measured("maml", "budget", 1200), failed("fomaml"))))
                .isEqualTo("""
                        | experiment | data | published | ours, transductive | ours, inductive | iterations | training time | remark | published test | our test | seed | machine | command | source |
                        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                        | MAML \\| 5-way | omniglot | 98.7 ± 0.4 % | 97.87 ± 0.58 % | 95.67 ± 0.81 % | 700 of 60,000 | 20:35 | ended by the budget of 20:00 | transductive; 600 episodes | 600 episodes, 1 query image per class | 7 | 2 cores | `fewshot4j reproduce maml` | Finn et al. 2017 |
                        | MAML \\| 5-way | omniglot | 98.7 ± 0.4 % | – | – | – | – | failed: no luck | transductive; 600 episodes | – | 7 | 2 cores | `fewshot4j reproduce maml` | Finn et al. 2017 |
                        """);
    }

    @Test
    void csv_has_a_line_for_each_accuracy_and_one_for_what_was_not_measured() {
        List<List<String>> lines = Csv.parse(ResultsTable.csv(List.of(measured("maml", "finished", 0), failed("x"))));

        assertThat(lines).hasSize(1 + 2 + 1);
        assertThat(lines.get(1)).contains("batch", "transductive", "0.9787", "700", "1234.5");
        assertThat(lines.get(2)).contains("support-and-one-query", "inductive", "0.9567");
        assertThat(lines.get(3)).contains("x", "failed: no luck").doesNotContain("inductive");
    }

    @Test
    void a_row_is_final_unless_more_training_is_asked_for() {
        assertThat(measured("maml", "finished", 0).isFinal(60_000, 0)).isTrue();
        assertThat(measured("maml", "finished", 60).isFinal(60_001, 60)).isFalse();
        assertThat(measured("maml", "no-improvement", 0).isFinal(60_000, 1)).isTrue();
        assertThat(measured("maml", "no-improvement", 0).remark())
                .isEqualTo("ended when validation no longer improved");
        assertThat(measured("maml", "budget", 60).isFinal(60_000, 60)).isTrue();
        assertThat(measured("maml", "budget", 60).isFinal(60_000, 61)).isFalse();
        assertThat(measured("maml", "budget", 60).isFinal(60_000, 0)).isFalse();
        assertThat(failed("maml").isFinal(60_000, 0)).isFalse();
    }

    @Test
    void a_table_grows_by_rows_and_reads_back_as_it_was(@TempDir Path folder) throws Exception {
        ResultsFolder table = new ResultsFolder(folder.resolve("new"), row -> SampleRun.history(100));
        table.put(failed("maml"));
        table.put(measured("fomaml", "finished", 0));
        table.put(measured("maml", "finished", 0));

        assertThat(table.rows()).containsExactly(measured("maml", "finished", 0), measured("fomaml", "finished", 0));
        assertThat(table.row("anil")).isEmpty();
        assertThat(table.page()).content().contains("97.87 ± 0.58 %", "<svg", "href=\"fomaml/report/index.html\"");
        Files.writeString(folder.resolve("new/results.json"), "[{\"preset\": 1}]");
        assertThatThrownBy(table::rows)
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("results.json is no table of results of this version: ");
    }

    @Test
    void rows_that_several_add_at_once_are_all_kept(@TempDir Path folder) throws Exception {
        List<Thread> writers = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> new ResultsFolder(folder, row -> SampleRun.history(100))
                        .put(measured("preset" + i, "finished", 0))))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(new ResultsFolder(folder, row -> SampleRun.history(100)).rows())
                .hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null]"})
    void a_table_of_null_is_refused(String json, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("results.json"), json);

        assertThatThrownBy(() -> new ResultsFolder(folder, row -> SampleRun.history(100)).rows())
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("results.json must be a list of results, got null in it; ");
    }

    @Test
    void a_figure_that_was_changed_is_refused(@TempDir Path folder) throws Exception {
        ResultsFolder table = new ResultsFolder(folder, row -> SampleRun.history(100));
        table.put(failed("anil"));
        table.put(measured("maml", "finished", 0));
        Path file = folder.resolve("results.json");
        String text = Files.readString(file);
        assertThat(text).contains("\"mean\" : 0.9787");

        Files.writeString(file, text.replace("\"mean\" : 0.9787", "\"mean\" : 0.9797"));

        assertThatThrownBy(table::rows)
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(file + " must have the checksum ")
                .hasMessageContaining(" for what its result 2 says, got ")
                .hasMessageEndingWith(
                        ", so something in it was changed; put it back from a copy or choose another folder");
    }

    @Test
    void rows_without_a_checksum_are_read_as_before(@TempDir Path folder) throws Exception {
        ResultsFolder table = new ResultsFolder(folder, row -> SampleRun.history(100));
        table.put(measured("maml", "finished", 0));
        Path file = folder.resolve("results.json");

        Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"checksum\" : \"\\w+\"", ""));

        assertThat(table.rows()).containsExactly(measured("maml", "finished", 0));
        assertThat(file).content().doesNotContain("checksum");
    }
}
