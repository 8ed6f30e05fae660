package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.cli.CommandLines.Outcome;
import io.fewshot4j.options.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LakeTrialsTest {
    @TempDir
    private static Path folder;

    private static Path trained;
    private static Path trials;

    /** A model of 5-way episodes of drawn characters, and two runs of five characters each. */
    @BeforeAll
    static void train_and_draw() throws IOException {
        trained = folder.resolve("run");
        assertThat(CommandLines.train(trained, 2).exit()).isZero();
        trials = folder.resolve("runs");
        OwnImages drawings = new OwnImages(folder.resolve("drawings"));
        for (int run = 0; run < 2; run++) {
            StringBuilder labels = new StringBuilder();
            Path in = trials.resolve("run0" + run);
            Files.createDirectories(in.resolve("test"));
            Files.createDirectories(in.resolve("training"));
            for (int c = 0; c < 5; c++) {
                drawings.write("c", c, 2 * run, 2 * run + 2);
                String from = "c/c" + c + "-";
                Files.copy(drawings.folder().resolve(from + 2 * run + ".png"), in.resolve("test/item" + c + ".png"));
                Files.copy(
                        drawings.folder().resolve(from + (2 * run + 1) + ".png"),
                        in.resolve("training/class" + c + ".png"));
                String name = "run0" + run;
                labels.append(name + "/test/item" + c + ".png " + name + "/training/class" + c + ".png\n");
            }
            Files.writeString(in.resolve("class_labels.txt"), labels);
        }
    }

    private static Outcome lake(Object... more) {
        return run("evaluate", "--run", trained, "--protocol", "lake", "--runs", trials, List.of(more));
    }

    @Test
    void every_run_has_its_accuracy_and_all_have_an_interval() throws IOException {
        Outcome text = lake("--quiet");
        JsonNode json = lake("--quiet", "--json").json();

        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out()).contains("run00", "run01", "5-way 1-shot, 1 query per class, 2 episodes", "report: ");
        assertThat(json.get("runs")).hasSize(2);
        assertThat(json.get("runs").get(1).get("run").asText()).isEqualTo("run01");
        assertThat(json.get("runs").get(1).get("accuracy").get("batch").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(trained.resolve("evaluation-lake/index.html")).content().contains("omniglot one-shot runs");
    }

    @Test
    void data_whose_alphabets_are_unknown_are_noted() {
        assertThat(lake().err()).contains("note: the model was trained on glyphs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vinyals", "random-1200", "random-1100"})
    void a_model_that_has_seen_the_alphabets_is_refused(String split) {
        Experiment seen = Experiment.of(Settings.parse(List.of("dataset=omniglot", "class-split=" + split)));

        assertThatThrownBy(() -> LakeTrials.requireBackground(seen, line -> {}))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("class-split must be background-evaluation for --protocol lake, got " + split);
    }

    @Test
    void a_model_of_the_background_alphabets_is_not_remarked_on() {
        Experiment background =
                Experiment.of(Settings.parse(List.of("dataset=omniglot", "class-split=background-evaluation")));
        List<String> heard = new ArrayList<>();

        LakeTrials.requireBackground(background, heard::add);

        assertThat(heard).isEmpty();
    }

    @Test
    void flags_of_drawn_episodes_and_single_flags_are_refused() {
        assertThat(lake("--episodes", "5").err()).contains("has its own fixed trials: leave out --episodes");
        assertThat(run("evaluate", "--run", trained, "--runs", trials).err())
                .contains("--runs ZIP and --protocol lake must be given together");
        assertThat(run("evaluate", "--run", trained, "--protocol", "lake").exit())
                .isEqualTo(2);
    }
}
