package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static io.fewshot4j.cli.CommandLines.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that somebody has changed: format 1 has no checksum, so that what a manifest says reaches the opening. */
final class TamperedRunTest {
    @TempDir
    private static Path folder;

    private static Path trained = Path.of("");

    @BeforeAll
    static void train() {
        trained = folder.resolve("trained");
        assertThat(CommandLines.train(trained, 2).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"filters\" : \"3\"",
                "\"filters\" : \"8\"",
                "\"filters\" : \"64\"",
                "\"filters\" : \"5\"",
                "\"way\" : \"4\"",
                "\"learner\" : \"protonet\""
            })
    void arrays_that_the_settings_do_not_ask_for_are_refused_wherever_a_run_is_opened(String setting)
            throws IOException {
        Path run = copy("run" + setting.hashCode());
        String key = setting.substring(0, setting.indexOf(':'));
        rewrite(run, key + ": \"\\w+\"", setting);

        for (List<Object> line : List.<List<Object>>of(
                List.of("evaluate", "--run", run, "--episodes", "2"),
                List.of("train", "--resume", run, "--set", "iterations=3"),
                List.of("compare", run, trained, "--out", folder.resolve("compared.html")))) {
            Outcome outcome = run(line.toArray());

            assertThat(outcome.exit()).as(outcome.err()).isNotZero();
            assertThat(outcome.err().lines().reduce((first, last) -> last).orElse(""))
                    .startsWith("fewshot4j: ")
                    .doesNotContain("fault of the program");
        }
    }

    @Test
    void a_run_of_format_1_is_evaluated_as_before() throws IOException {
        Path run = copy("format1");
        rewrite(run, "\"never there\"", "");

        Outcome old = run("evaluate", "--run", run, "--episodes", "2", "--json");
        Outcome now = run("evaluate", "--run", trained, "--episodes", "2", "--json");

        assertThat(old.exit()).as(old.err()).isZero();
        assertThat(old.json().findValues("accuracy"))
                .isEqualTo(now.json().findValues("accuracy"))
                .isNotEmpty();
    }

    @Test
    void a_curve_or_classes_that_were_changed_are_refused_wherever_they_are_used() throws IOException {
        Path run = copy("changed-curve");
        Path curve = run.resolve("history.csv");
        Files.writeString(curve, Files.readString(curve).replaceFirst("\n1,", "\n1,1"));

        assertRefused("history.csv must have the SHA-256 ", "train", "--resume", run, "--set", "iterations=3");
        assertRefused("history.csv must have the SHA-256 ", "evaluate", "--run", run, "--episodes", "2");
        assertRefused("history.csv must have the SHA-256 ", "compare", run, trained, "--out", folder.resolve("x.html"));

        Path other = copy("changed-classes");
        Path classes = other.resolve("classes.txt");
        Files.writeString(classes, Files.readString(classes).replace("TEST", "TRAIN"));

        assertRefused("classes.txt must have the SHA-256 ", "train", "--resume", other, "--set", "iterations=3");
        assertRefused("classes.txt must have the SHA-256 ", "evaluate", "--run", other, "--episodes", "2");
        Files.delete(classes);
        assertRefused(", got none, so which classes", "evaluate", "--run", other, "--episodes", "2");
    }

    private static void assertRefused(String message, Object... line) {
        Outcome outcome = run(line);
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.err().lines().reduce((first, last) -> last).orElse(""))
                .startsWith("fewshot4j: ")
                .contains(message);
    }

    @Test
    void a_run_of_before_knows_neither_curve_nor_classes_and_goes_on() throws IOException {
        Path run = copy("before");
        rewrite(run, ",\\s*\"run-sha256\" : \\{[^}]*\\}", "");
        Files.delete(run.resolve("classes.txt"));

        Outcome outcome = run("train", "--resume", run, "--set", "iterations=3");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
    }

    @Test
    void a_loss_that_overflows_ends_training_when_it_happens() throws IOException {
        Path run = folder.resolve("overflow");
        Outcome outcome = run("train", "--preset", "demo", "--out", run, tiny(4), "inner-learning-rate=1e30");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("iteration 1 ", "inner-learning-rate 1E+30", "the last good checkpoint is ");
    }

    @Test
    void a_preset_that_was_exported_goes_on() throws IOException {
        Path run = folder.resolve("exported");
        Path preset = folder.resolve("mine.yaml");
        Files.writeString(preset, run("presets", "demo").out());

        Outcome first = run("reproduce", preset, "--out", run, tiny(2), "test-episodes=2");
        Outcome second = run("reproduce", preset, "--out", run, tiny(4), "test-episodes=2");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(second.err()).contains("training: iteration 2 to 4");
    }

    private static Path copy(String name) throws IOException {
        Path target = folder.resolve(name);
        try (Stream<Path> files = Files.walk(trained)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(file, target.resolve(trained.relativize(file).toString()));
            }
        }
        return target;
    }

    private static void rewrite(Path run, String pattern, String replacement) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path manifest :
                    files.filter(file -> file.endsWith("manifest.json")).toList()) {
                Files.writeString(
                        manifest,
                        Files.readString(manifest)
                                .replace("\"format\" : 2", "\"format\" : 1")
                                .replaceAll(",\\s*\"checksum\" : \"\\w+\"", "")
                                .replaceAll(pattern, replacement));
            }
        }
    }
}
