package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static io.fewshot4j.cli.CommandLines.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fewshot4j.ChildProcess;
import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search with successive halving on the smallest of models: six trials, of which two go on. */
final class SweepCommandTest {
    @TempDir
    private static Path folder;

    private static Path table;
    private static Outcome first;

    @BeforeAll
    static void search() throws IOException {
        Files.writeString(folder.resolve("search.yaml"), """
                preset: demo
                search: random
                trials: 6
                first-iterations: 4
                inner-learning-rate: 0.01 to 1, log
                meta-learning-rate: 0.001 | 0.01
                """);
        table = folder.resolve("table");
        first = sweep(table);
    }

    private static Outcome sweep(Path out, String... settings) {
        return run(PausedSweep.line(folder, out), tiny(12), List.of(settings));
    }

    /** Trials without their times. */
    private static JsonNode trials(Path out) throws IOException {
        JsonNode trials = new ObjectMapper().readTree(out.resolve("trials.json").toFile());
        trials.forEach(trial -> ((ObjectNode) trial).remove(List.of("seconds", "checksum")));
        return trials;
    }

    @Test
    void trials_go_on_as_far_as_they_are_among_the_best() throws IOException {
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(trials(table)).hasSize(6);
        assertThat(trials(table).findValues("rungs").stream().map(JsonNode::size))
                .containsExactlyInAnyOrder(2, 2, 1, 1, 1, 1);
        assertThat(trials(table).findValuesAsText("problem")).containsOnly("");
        JsonNode further = trials(table).findValues("rungs").stream()
                .filter(rungs -> rungs.size() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(further.findValuesAsText("iteration")).containsExactly("4", "12");
    }

    @Test
    void the_best_trial_is_told_with_the_command_that_tests_it() {
        assertThat(first.out())
                .contains("validation accuracy", "best: trial ", "with inner-learning-rate=")
                .contains("to test it: fewshot4j evaluate --run " + table.resolve("trials"))
                .contains("table: " + table.resolve("index.html"));
        assertThat(first.err()).doesNotContain("evaluating");
    }

    @Test
    void the_page_has_parallel_coordinates_and_the_table_each_trial() {
        assertThat(table.resolve("index.html"))
                .content()
                .contains("Search from demo", "<polyline", ">inner-learning-rate<", "compared at iterations");
        assertThat(table.resolve("trials.md")).content().contains("| trial | inner-learning-rate |");
        assertThat(table.resolve("trials.csv")).content().startsWith("rank,trial,inner-learning-rate,");
    }

    @Test
    void a_search_that_is_done_trains_nothing() {
        Outcome again = sweep(table);

        assertThat(again.err()).doesNotContain("training");
        assertThat(again.out()).isEqualTo(first.out());
    }

    @Test
    void a_search_that_was_killed_goes_on_to_the_same_table() throws Exception {
        Path out = folder.resolve("killed");
        try (ChildProcess child = ChildProcess.start(PausedSweep.class, folder)) {
            child.await("paused");
            child.kill();
        }

        Outcome rest = sweep(out);

        assertThat(rest.err()).contains("training: iteration 4 to 12");
        assertThat(trials(out)).isEqualTo(trials(table));
        for (String run : List.of("0001", "0002", "0003", "0004", "0005", "0006")) {
            assertThat(out.resolve("trials/" + run + "/history.csv"))
                    .hasSameBinaryContentAs(table.resolve("trials/" + run + "/history.csv"));
        }
    }

    @Test
    void another_search_in_the_same_folder_is_refused() {
        assertThat(sweep(table, "filters=5").err())
                .isEqualTo("fewshot4j: filters must be set once, got it again in \"filters=5\"\n");
        assertThat(sweep(table, "trials=7").err())
                .endsWith("trials must stay 6 in this run, got 7: the folder has one sweep; choose another --out for"
                        + " other settings\n");
    }

    @Test
    void a_trial_that_fails_gets_a_line_and_the_others_go_on() throws IOException {
        Path out = folder.resolve("failing");

        Outcome outcome = run(
                "sweep",
                Files.writeString(folder.resolve("failing.yaml"), "preset: demo\ninner-learning-rate: 1e30 | 0.4\n"),
                tiny(4),
                "--out",
                out);

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(trials(out).findValuesAsText("problem").get(0)).startsWith("training must stay finite");
        assertThat(outcome.out()).contains("best: trial 2, ");
    }

    @Test
    void what_is_wrong_is_told_in_one_line() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "preset: demo\nfilters: [8, 16]\n");

        assertThat(run("sweep", bad, "--out", folder.resolve("x")).err())
                .isEqualTo(
                        "fewshot4j: " + bad + " line 2: filters must have one plain value, got a nested one (a list is"
                                + " written 1,2,3; choices of a sweep 1 | 2 | 3)\n");
        assertThat(run("sweep", folder.resolve("none.yaml"), "--out", folder.resolve("x"))
                        .err())
                .isEqualTo("fewshot4j: there is no settings file " + folder.resolve("none.yaml") + "\n");
        assertThat(run("sweep", bad).err())
                .isEqualTo("fewshot4j: --out must be given, got none; see fewshot4j sweep --help\n");
    }
}
