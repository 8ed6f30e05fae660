package io.fewshot4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.Manifest;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.CommandRun;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Untrained models of few filters tell characters that steady hands drew apart well enough. */
final class ClassifyCommandTest {
    @TempDir
    private Path folder;

    private OwnImages support;
    private OwnImages queries;

    @BeforeEach
    void write_three_classes_with_1_2_and_3_images() throws IOException {
        support = new OwnImages(folder.resolve("support"));
        queries = new OwnImages(folder.resolve("queries"));
        for (int c = 0; c < 3; c++) {
            support.write("class" + c, c, 0, c + 1);
            queries.write("", c, 0, 1);
        }
    }

    private Path run(String learner, String... more) {
        Settings small = Settings.parse(List.of(
                "learner=" + learner,
                "dataset=glyphs",
                "image-size=16",
                "filters=4",
                "way=3",
                "train-classes=3",
                "validation-classes=0"));
        Experiment experiment = Experiment.of(small.with(Settings.parse(List.of(more))));
        Provenance provenance = new Provenance("test", experiment.settings().asMap(), 1, "data", "cpu");
        Path path = folder.resolve(learner);
        try (Checkpoint checkpoint = new Checkpoint(
                new Manifest(provenance, Progress.NONE, Map.of()), experiment.initialise(DataType.FLOAT), Map.of())) {
            RunFolder.create(path).checkpoints().save(checkpoint);
        }
        return path;
    }

    private CommandRun classify(Path run, Object... more) throws ParseException {
        return classify(run, support, queries.folder(), more);
    }

    private static CommandRun classify(Path run, OwnImages classes, Path images, Object... more) throws ParseException {
        Stream<Object> line = Stream.of("--run", run, "--support", classes.folder(), "--queries", images);
        return CommandRun.of(
                new ClassifyCommand(), Stream.concat(line, Stream.of(more)).toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"protonet", "maml"})
    void classes_may_have_unequal_numbers_of_images(String learner) throws ParseException {
        JsonNode json = classify(run(learner), "--json").json();

        assertThat(json.get("learner").asText()).isEqualTo(learner);
        assertThat(json.get("statistics").asText()).isEqualTo("one-by-one");
        assertThat(json.get("transductive").asBoolean()).isFalse();
        assertThat(json.get("shots").get("class2").asInt()).isEqualTo(3);
        assertThat(json.get("answers")).hasSize(3).allSatisfy(answer -> {
            double sum = 0;
            for (JsonNode probability : answer.get("probabilities")) {
                sum += probability.asDouble();
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
            assertThat(answer.get("probability").asDouble())
                    .isEqualTo(answer.get("probabilities")
                            .get(answer.get("predicted").asText())
                            .asDouble());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-by-one", "batch"})
    void images_of_the_support_set_are_recognised(String statistics) throws ParseException {
        CommandRun run = classify(run("protonet"), "--statistics", statistics);

        assertThat(run.out())
                .containsPattern("c0-0.png +class0 ")
                .containsPattern("c1-0.png +class1 ")
                .containsPattern("c2-0.png +class2 ")
                .contains("3 classes, 6 support images; batch statistics " + statistics + ": "
                        + (statistics.equals("batch") ? "transductive" : "inductive"));
    }

    @Test
    void inductive_answers_do_not_depend_on_the_other_queries() throws IOException, ParseException {
        Path run = run("protonet");
        for (int c = 0; c < 4; c++) {
            queries.write("more", c, 1, 20); // more than are answered at a time
        }
        JsonNode all = classify(run, "--json").json().get("answers");
        JsonNode last = all.get(all.size() - 1);
        assertThat(all).hasSize(79);

        Path alone = queries.folder().resolve(last.get("image").asText());
        CommandRun one = classify(run, support, alone, "--json");
        assertThat(one.json().get("answers").get(0).get("probabilities")).isEqualTo(last.get("probabilities"));
    }

    @Test
    void the_statistics_of_validation_are_taken_where_they_are_inductive() throws ParseException {
        CommandRun run = classify(run("protonet", "validation-statistics=running"));
        assertThat(run.out()).contains("batch statistics running: inductive");
    }

    @Test
    void protonet_takes_any_number_of_classes_and_maml_says_so() throws IOException, ParseException {
        for (int c = 3; c < 8; c++) {
            support.write("class" + c, c, 0, 1);
        }
        assertThat(classify(run("protonet")).out()).containsPattern("c2-0.png +class2 ");
        Path maml = run("maml");
        assertThatThrownBy(() -> classify(maml))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("maml was trained for 3 classes, got 8")
                .hasMessageContaining("protonet, matching, relation, siamese or r2d2, which take any number");
    }

    @Test
    void with_many_classes_the_likeliest_are_shown_and_all_are_written() throws IOException, ParseException {
        for (int c = 0; c < 8; c++) {
            support.write("other" + c, c, 5, 6);
        }
        Path csv = folder.resolve("answers.csv");
        CommandRun run = classify(run("protonet"), "--csv", csv);

        assertThat(run.out()).contains("next (all: --json or --csv)");
        List<List<String>> rows = Csv.parse(Files.readString(csv));
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).hasSize(3 + 11).startsWith("image", "predicted", "probability", "class0");
        assertThat(rows.get(1)).startsWith("c0-0.png", "class0");
        assertThat(rows.get(1).get(2)).isEqualTo(rows.get(1).get(3));
    }

    @Test
    void one_class_is_too_few() throws IOException {
        OwnImages one = new OwnImages(folder.resolve("one"));
        one.write("only", 0, 0, 2);
        Path run = run("protonet");
        assertThatThrownBy(() -> classify(run, one, queries.folder()))
                .isInstanceOf(FewShotException.class)
                .hasMessage("--support must have a folder for each of at least 2 classes, got 1 in " + one.folder());
    }

    @Test
    void where_the_answers_go_is_looked_at_before_the_work() {
        Path none = folder.resolve("none/answers.csv");

        assertThatThrownBy(() -> classify(run("protonet"), "--csv", none))
                .isInstanceOf(FewShotException.class)
                .hasMessage("--csv must be a file in a folder that exists, got " + none + "; make the folder first");
        assertThatThrownBy(() -> classify(folder, "--csv", folder))
                .hasMessage("--csv must be a file, got the folder " + folder + "; name a file in it");
    }

    @Test
    void wrong_flags_are_named() {
        Path run = run("protonet");
        assertThatThrownBy(() -> classify(run, "--statistics", "bach"))
                .isInstanceOf(ParseException.class)
                .hasMessage("--statistics must be one of batch, support, one-by-one, running, got \"bach\""
                        + "; did you mean batch?");
        assertThatThrownBy(() -> CommandRun.of(new ClassifyCommand(), "--run", run))
                .isInstanceOf(ParseException.class)
                .hasMessage("--support must be given, got none");
    }
}
