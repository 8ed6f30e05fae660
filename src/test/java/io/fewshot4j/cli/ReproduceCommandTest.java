package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static io.fewshot4j.cli.CommandLines.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fewshot4j.ChildProcess;
import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presets that are trained, tested and put into a table, on the smallest of models. */
final class ReproduceCommandTest {
    @TempDir
    private static Path folder;

    private static Path table;
    private static Outcome first;

    @BeforeAll
    static void reproduce_the_demo() {
        table = folder.resolve("table");
        first = reproduce(table, "demo", "--set", "test-episodes=3");
    }

    private static Outcome reproduce(Path out, Object... more) {
        return run("reproduce", List.of(more), tiny(6), "--out", out);
    }

    private static JsonNode rows(Path out) throws IOException {
        return new ObjectMapper().readTree(out.resolve("results.json").toFile());
    }

    @Test
    void a_row_has_the_published_figure_ours_and_all_that_repeats_it() throws IOException {
        assertThat(first.exit()).as(first.err()).isZero();
        JsonNode row = rows(table).path(0);
        assertThat(row.path("claim").path("preset").asText()).isEqualTo("demo");
        assertThat(row.path("test").path("episodes").asInt()).isEqualTo(3);
        assertThat(row.path("test").path("episodesHash").asText()).hasSize(64);
        assertThat(row.path("test").path("figures").findValuesAsText("statistics"))
                .containsExactly("batch", "support-and-one-query");
        assertThat(row.path("training").path("ended").asText()).isEqualTo("finished");
        assertThat(row.path("training").path("iterations").asInt()).isEqualTo(6);
        assertThat(row.path("origin").path("seed").asInt()).isEqualTo(1);
        assertThat(row.path("origin").path("command").asText())
                .startsWith("fewshot4j reproduce demo --set test-episodes=3 --set iterations=6 ")
                .endsWith(" --out " + table);
        assertThat(first.out()).contains("ours, transductive", "6 of 6", "table: " + table.resolve("index.html"));
        assertThat(table.resolve("results.md")).content().contains("| 6 of 6 |");
        assertThat(table.resolve("index.html"))
                .content()
                .contains("Published and measured", "<svg", "href=\"demo/report/index.html\"");
        assertThat(table.resolve("demo/report/index.html")).exists();
    }

    @Test
    void what_is_in_the_table_is_not_trained_or_tested_again() {
        Outcome again = reproduce(table, "demo", "--set", "test-episodes=3");

        assertThat(again.err()).doesNotContain("training", "evaluating");
        assertThat(again.out()).isEqualTo(first.out());
    }

    @Test
    void another_run_of_a_preset_in_the_table_is_refused() {
        Outcome other = reproduce(table, "demo", "--set", "test-episodes=3", "seed=2");

        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err())
                .startsWith("fewshot4j: seed must stay 1 in this run, got 2: ")
                .endsWith("; the table has one run of demo; choose another --out for other settings\n");
    }

    @Test
    void one_failure_does_not_stop_the_others_and_data_that_is_missing_is_named() throws IOException {
        Path out = folder.resolve("failures");
        Path wild = Files.writeString(
                folder.resolve("wild.yaml"), run("presets", "demo").out());
        Files.createDirectories(out.resolve("wild"));
        Files.writeString(out.resolve("wild/notes.txt"), "in the way");

        Outcome outcome = run(
                "reproduce",
                wild,
                "maml/omniglot-5way-1shot",
                "demo",
                "--set",
                "iterations=1",
                "validate-every=1",
                "validation-episodes=1",
                "test-episodes=2",
                "filters=4",
                "meta-batch=1",
                "test-inner-steps=1",
                "threads=1",
                "--out",
                out);

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(rows(out).findValuesAsText("problem"))
                .containsExactly(
                        "failed: " + out.resolve("wild")
                                + " must be an empty folder or none, but is not; choose another folder for the run",
                        "not run: no data; add --data omniglot=PATH",
                        "");
        assertThat(out.resolve("results.md")).content().contains("| failed: ", "| not run: no data");
    }

    @Test
    void a_training_that_its_budget_ends_says_so_and_goes_on_with_a_larger_one() throws IOException {
        Path out = folder.resolve("budget");
        List<String> line = List.of("learning-rate-schedule=cosine", "iterations=1000000", "validate-every=1000000");
        List<String> small = tiny(6).subList(2, 16).stream()
                .filter(setting -> !setting.startsWith("validate-every"))
                .toList();

        run("reproduce", "demo", "--set", line, small, "test-episodes=2", "--budget", "1s", "--out", out);
        JsonNode begun = rows(out).path(0).path("training");

        assertThat(begun.path("ended").asText()).isEqualTo("budget");
        assertThat(begun.path("seconds").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(begun.path("remark").asText())
                .startsWith("its cosine schedule was cut: the learning rate had come from 0.00300 to 0.00300 only;")
                .endsWith("not validated: the last model was tested");
        assertThat(out.resolve("results.md"))
                .content()
                .contains(" of 1,000,000 |", "| ended by the budget of 0:01; its cosine");
        assertThat(run("reproduce", "demo", "--set", line, small, "test-episodes=2", "--budget", "1s", "--out", out)
                        .err())
                .doesNotContain("training");

        String budget = (begun.path("seconds").asInt() + 2) + "s";
        run("reproduce", "demo", "--set", line, small, "test-episodes=2", "--budget", budget, "--out", out);

        JsonNode longer = rows(out).path(0).path("training");
        assertThat(longer.path("iterations").asInt())
                .isGreaterThan(begun.path("iterations").asInt());
        assertThat(longer.path("seconds").asDouble())
                .isGreaterThan(begun.path("seconds").asDouble());
    }

    @Test
    void a_reproduction_that_was_killed_goes_on_from_its_checkpoint() throws Exception {
        Path out = folder.resolve("killed");
        try (ChildProcess child = ChildProcess.start(PausedReproduction.class, out)) {
            child.await("paused");
            child.kill();
        }
        assertThat(out.resolve("results.json")).doesNotExist();

        assertThat(reproduce(out, "demo").err()).contains("training: iteration 2 to 6");

        assertThat(rows(out).path(0).path("training").path("iterations").asInt())
                .isEqualTo(6);
        assertThat(out.resolve("demo/history.csv")).hasSameBinaryContentAs(table.resolve("demo/history.csv"));
    }

    @Test
    void a_reproduction_that_is_stopped_in_its_test_ends_at_once_and_is_tested_by_the_next() throws Exception {
        Path out = folder.resolve("stopped");
        try (ChildProcess child = ChildProcess.start(PausedReproduction.InTest.class, out)) {
            child.await("paused");
            child.terminate();
            assertThat(child.exitCode()).isNotZero();
        }
        assertThat(out.resolve("results.json")).doesNotExist();

        reproduce(out, "demo");

        assertThat(rows(out).path(0).path("training").path("ended").asText()).isEqualTo("finished");
        assertThat(rows(out).path(0).path("test").path("episodes").asInt()).isPositive();
    }

    @Test
    void sinusoids_are_reproduced_in_the_same_table() throws IOException {
        Path out = folder.resolve("sinusoid");
        Object[] line = {
            "reproduce",
            "sinusoid/maml-10shot",
            "--set",
            "iterations=2",
            "meta-batch=2",
            "tasks-per-graph=1",
            "test-inner-steps=2",
            "--out",
            out
        };
        Outcome outcome = run(line);

        JsonNode row = rows(out).path(0);
        assertThat(row.path("problem").asText()).as(outcome.err()).isEmpty();
        assertThat(row.path("test").path("figures").findValuesAsText("measure"))
                .containsExactly("squared error, step 1", "squared error, step 2");
        assertThat(row.path("test").path("protocol").asText()).isEqualTo("600 functions, 10 query points");
        assertThat(row.path("training").path("iterations").asInt()).isEqualTo(2);
        assertThat(row.path("origin").path("dataset").asText()).isEqualTo("sinusoid");
        assertThat(outcome.out()).contains("a curve, no figure", "(squared error, step 1)");
        assertThat(out.resolve("sinusoid/maml-10shot/report/index.html")).exists();
        assertThat(out.resolve("results.csv")).content().contains(",inductive,\"squared error, step 2\",");
        assertThat(run(line).err()).doesNotContain("training");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--out x|presets must be named before the flags, or --all given, got neither",
                "demo --all --out x|presets must be named before the flags, or --all given, got both",
                "demo --out x --budget 5|--budget must be a time such as 90s, 20m or 2h, got 5",
                "demo --out x --budget 0m|--budget must be a time such as 90s, 20m or 2h, got 0m",
                "demo --out x --data omniglt=y|--data must name a data set before the =, got \"omniglt\"; did you mean omniglot?",
                "demo --out x --data a b|--data must name each place but one, as NAME=PATH, got a and b without a name",
                "demo|--out must be given, got none",
            })
    void a_wrong_line_is_told(String line, String message) {
        Outcome outcome = run("reproduce", List.of(line.split(" ")));

        assertThat(outcome)
                .isEqualTo(new Outcome(2, "", "fewshot4j: " + message + "; see fewshot4j reproduce --help\n"));
    }
}
