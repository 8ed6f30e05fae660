package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static io.fewshot4j.cli.CommandLines.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model to hand on of a reproduced experiment. */
final class ModelsPackCommandTest {
    @TempDir
    private static Path folder;

    private static Path table;
    private static Path model;
    private static Outcome packed;

    @BeforeAll
    static void pack() {
        table = folder.resolve("table");
        model = folder.resolve("model");
        run("reproduce", "demo", "--set", "test-episodes=3", tiny(6), "--out", table);
        packed = pack("demo", model);
    }

    private static Outcome pack(String preset, Path out) {
        return run("models", "pack", "--table", table, "--preset", preset, "--out", out);
    }

    @Test
    void it_is_tested_to_the_same_figures_as_its_run() {
        assertThat(packed.exit()).as(packed.err()).isZero();
        String settings = "--episodes";

        String ofModel = figures(run("evaluate", "--run", model, settings, 3));

        assertThat(ofModel)
                .contains(" %")
                .isEqualTo(figures(run("evaluate", "--run", table.resolve("demo"), settings, 3)));
    }

    private static String figures(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith("after step"))
                .toList()
                .toString();
    }

    @Test
    void it_holds_what_use_needs_and_no_more() throws IOException {
        try (Stream<Path> files = Files.walk(model)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .contains("parameters.npz", "manifest.json", "classes.txt", "results.json", "README.md")
                    .doesNotContain("history.csv");
        }
    }

    @Test
    void it_cannot_be_trained_on() {
        Outcome outcome = run("train", "--resume", model);

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .endsWith(
                        "fewshot4j: the checkpoint must hold the optimiser's state to be trained on from, but is of a"
                                + " model that was packed without it; train anew, or go on with the run that it was packed from\n");
    }

    @Test
    void an_experiment_that_was_not_reproduced_is_refused() {
        assertThat(pack("maml/omniglot-5way-1shot", folder.resolve("other")).err())
                .isEqualTo("fewshot4j: " + table + " must hold a result of maml/omniglot-5way-1shot, but has none;"
                        + " reproduce it first\n");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void a_folder_that_holds_something_is_refused() {
        assertThat(pack("demo", table).err())
                .isEqualTo("fewshot4j: " + table
                        + " must be an empty folder or none, but is not; choose another folder for the run\n");
    }
}
