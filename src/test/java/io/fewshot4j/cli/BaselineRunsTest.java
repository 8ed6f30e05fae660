package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the baselines on drawn characters. */
final class BaselineRunsTest {
    private static final List<String> GLYPHS = List.of(
            "--set",
            "dataset=glyphs",
            "train-classes=8",
            "validation-classes=5",
            "test-classes=5",
            "images-per-class=4",
            "image-size=16",
            "query=1",
            "test-query=2",
            "threads=2");

    @TempDir
    private Path folder;

    @Test
    void a_run_without_iterations_can_be_tested() throws IOException {
        Path run = folder.resolve("pixels");

        Outcome trained = run("train", "--preset", "pixels/omniglot-5way-1shot", "--out", run, GLYPHS);
        Outcome tested = run("evaluate", "--run", run, "--episodes", 5, "--json");

        assertThat(trained.exit()).as(trained.err()).isZero();
        assertThat(tested.exit()).as(tested.err()).isZero();
        JsonNode modes = tested.json().path("evaluation").path("modes");
        assertThat(modes.findValuesAsText("statistics")).containsExactly("support-and-one-query");
        assertThat(modes.path(0).path("accuracy").path("count").asInt()).isEqualTo(5);
    }

    @Test
    void pixels_do_not_train() {
        Outcome trained = run(
                "train",
                "--preset",
                "pixels/omniglot-5way-1shot",
                "--out",
                folder.resolve("run"),
                GLYPHS,
                "iterations=1");

        assertThat(trained.exit()).isEqualTo(1);
        assertThat(trained.err()).endsWith("fewshot4j: iterations must be 0 for pixels, which has nothing to train\n");
    }

    @Test
    void one_pretrained_run_goes_on_exactly_and_serves_other_ways_and_classifiers() throws IOException {
        Path whole = pretrained("whole", 2);
        Path resumed = pretrained("resumed", 1);
        assertThat(run("train", "--resume", resumed, "--set", "iterations=2").exit())
                .isZero();

        Path parameters = Path.of("checkpoints", "iteration-000002", "parameters.npz");
        assertThat(resumed.resolve(parameters)).hasSameBinaryContentAs(whole.resolve(parameters));
        Outcome tested = run(
                List.of("evaluate", "--run", whole.toString(), "--episodes", "2", "--json"),
                List.of("--set", "way=3", "classifier=fine-tune", "test-inner-steps=2", "fine-tune-decay=0.1"));
        assertThat(tested.exit()).as(tested.err()).isZero();
        JsonNode modes = tested.json().path("evaluation").path("modes");
        assertThat(modes.findValuesAsText("statistics")).containsExactly("batch", "running");
        assertThat(modes.path(1).path("accuracyByStep")).hasSize(3);
    }

    @Test
    void a_run_with_cosine_scores_is_tested_by_them() throws IOException {
        Path run = pretrained("cosine", 1, "class-scores=cosine");

        Outcome tested = run(
                List.of("evaluate", "--run", run.toString(), "--episodes", "2", "--json"),
                List.of("--set", "way=3", "classifier=new-head", "test-inner-steps=4"));

        assertThat(tested.exit()).as(tested.err()).isZero();
        JsonNode modes = tested.json().path("evaluation").path("modes");
        assertThat(modes.path(1).path("accuracyByStep")).hasSize(5);
    }

    private Path pretrained(String name, int iterations, String... more) {
        Path run = folder.resolve(name);
        Outcome outcome = run(
                List.of("train", "--preset", "baseline/omniglot-5way-1shot", "--out", run.toString()),
                GLYPHS,
                List.of("train-way=4", "filters=2", "meta-batch=2", "pooling=stride", "validate-every=2"),
                List.of("validation-episodes=2", "checkpoint-every=1", "iterations=" + iterations),
                List.of(more));
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return run;
    }
}
