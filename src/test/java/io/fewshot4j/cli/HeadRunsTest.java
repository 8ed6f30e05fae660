package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.Classifier;
import io.fewshot4j.Data;
import io.fewshot4j.Prediction;
import io.fewshot4j.Run;
import io.fewshot4j.catalog.Heads;
import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads on the embedding of a prototypical network. */
final class HeadRunsTest {
    private static final List<String> GLYPHS = List.of(
            "dataset=glyphs",
            "train-classes=8",
            "validation-classes=5",
            "test-classes=6",
            "images-per-class=6",
            "image-size=16",
            "way=5",
            "train-way=5",
            "query=2",
            "test-query=3",
            "filters=8",
            "iterations=30",
            "meta-batch=1",
            "validate-every=30",
            "validation-episodes=4",
            "threads=2");

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() {
        run = folder.resolve("protonet");
        Outcome trained = run("train", "--preset", "protonet/omniglot-5way-1shot", "--out", run, "--set", GLYPHS);
        assertThat(trained.exit()).as(trained.err()).isZero();
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return outcome.json();
    }

    @Test
    void the_nearest_mean_of_a_prototypical_network_is_the_network_itself() throws IOException {
        JsonNode own = json(run("evaluate", "--run", run, "--episodes", 20, "--statistics", "running", "--json"));
        JsonNode head = json(run("evaluate", "--run", run, "--episodes", 20, "--head", "nearest-mean", "--json"));

        JsonNode expected = own.path("evaluation").path("modes").path(0).path("accuracy");
        JsonNode answered = head.path("evaluation");
        assertThat(answered.path("head").asText()).isEqualTo("nearest-mean");
        assertThat(answered.path("modes").path(0).path("accuracy")).isEqualTo(expected);
        assertThat(answered.path("episodesHash"))
                .isEqualTo(own.path("evaluation").path("episodesHash"));
        assertThat(expected.path("mean").asDouble()).isBetween(0.3, 0.99);
    }

    @Test
    void every_head_beats_chance_on_the_same_episodes() throws IOException {
        JsonNode tested = json(
                run("evaluate", "--run", run, "--episodes", 30, "--json", "--head", List.copyOf(Heads.ALL.keySet())));

        JsonNode results = tested.path("heads").path("results");
        assertThat(results.findValuesAsText("head")).containsExactlyElementsOf(Heads.ALL.keySet());
        assertThat(results).allSatisfy(result -> {
            JsonNode mode = result.path("modes").path(0);
            assertThat(mode.path("accuracy").path("mean").asDouble()).isGreaterThan(0.3);
            assertThat(mode.path("transductive").asBoolean())
                    .isEqualTo(Heads.of(result.path("head").asText()).transductive());
        });
    }

    @Test
    void validation_chooses_an_inductive_head() throws IOException {
        JsonNode tested = json(run("evaluate", "--run", run, "--episodes", 4, "--head", "auto", "--json"));

        JsonNode choice = tested.path("heads").path("chosenBy");
        assertThat(choice.findValuesAsText("head")).containsExactlyInAnyOrderElementsOf(Heads.inductive());
        assertThat(choice.path(0).path("split").asText()).isEqualTo("validation");
        assertThat(tested.path("evaluation").path("head"))
                .isEqualTo(choice.path(0).path("head"));
        assertThat(tested.path("evaluation").path("split").asText()).isEqualTo("test");
    }

    @Test
    void new_images_are_classified_by_a_head() throws IOException {
        OwnImages images = new OwnImages(folder.resolve("own"));
        for (int character = 0; character < 3; character++) {
            images.write("few/class" + character, character, 0, 3);
            images.write("new", character, 4, 6);
        }
        Path few = images.folder().resolve("few");
        Path queries = images.folder().resolve("new");

        JsonNode answers = json(
                run("classify", "--run", run, "--support", few, "--queries", queries, "--head", "logistic", "--json"));

        assertThat(answers.path("learner").asText()).isEqualTo("protonet with head logistic");
        assertThat(answers.path("answers")).hasSize(6);
        try (Run opened = Run.open(run);
                Classifier classifier = opened.classifier(few, "logistic")) {
            assertThat(classifier.classifyAll(queries))
                    .extracting(Prediction::label)
                    .containsExactlyElementsOf(answers.path("answers").findValuesAsText("predicted"));
            assertThat(opened.evaluate(Data.glyphs(), 3, List.of("ridge", "simpleshot")))
                    .extracting(result -> result.head() + " " + result.episodes())
                    .containsExactly("ridge 3", "simpleshot 3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rigde | 1 | head must be one of nearest-mean, nearest-mean-cosine, simpleshot, nearest-neighbour, ridge,"
                        + " logistic, soft-k-means, got \"rigde\"; did you mean ridge?",
                "auto ridge | 2 | --head must be auto alone or names, got auto ridge",
                "ridge --statistics batch | 2 | --statistics must not stand beside --head, whose features take running"
                        + " statistics",
                "auto --split validation | 1 | head auto needs at least 5 validation classes to choose by, got 0; name a"
                        + " head"
            })
    void wrong_heads_are_refused(String head, int exit, String message) {
        Outcome outcome = run("evaluate", "--run", run, "--head", List.of(head.split(" ")));

        assertThat(outcome.exit()).isEqualTo(exit);
        assertThat(outcome.err()).contains("fewshot4j: " + message);
    }

    @Test
    void a_learner_that_adapts_its_network_takes_no_head() {
        Path maml = folder.resolve("maml");
        assertThat(CommandLines.train(maml, 1).exit()).isZero();

        Outcome outcome = run("evaluate", "--run", maml, "--head", "ridge");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("fewshot4j: a head needs a learner with an embedding that stays as it is: protonet,");
    }
}
