package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static io.fewshot4j.cli.CommandLines.tiny;
import static io.fewshot4j.cli.CommandLines.train;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.ChildProcess;
import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that train and test, on the smallest of models. */
final class TrainAndEvaluateTest {
    private static final int SIGTERM = 128 + 15;

    @TempDir
    private static Path folder;

    private static Path trained;
    private static Outcome training;

    @BeforeAll
    static void train_for_6_iterations() {
        trained = folder.resolve("run");
        training = train(trained, 6);
    }

    private static void assertEqualsTheUninterruptedRun(Path run) throws IOException {
        for (String file : List.of("checkpoints/iteration-000006/parameters.npz", "history.csv")) {
            assertThat(run.resolve(file)).hasSameBinaryContentAs(trained.resolve(file));
        }
    }

    @Test
    void training_ends_with_a_report_and_tells_how_to_test() {
        assertThat(training.exit()).as(training.err()).isZero();
        assertThat(training.out())
                .isEqualTo("report: " + trained + "/report/index.html\nto test it: fewshot4j evaluate --run " + trained
                        + "\n");
        assertThat(training.err())
                .contains("training: iteration 0 to 6, 2 tasks each", "training finished at iteration 6");
        assertThat(trained.resolve("report/index.html"))
                .content()
                .contains("maml on glyphs, 5-way 1-shot", "Learning curve", "fewshot4j train --preset demo --out");
    }

    @Test
    void a_run_is_not_overwritten() {
        Outcome again = train(trained, 6);

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("fewshot4j: " + trained
                        + " must be a new run, but has checkpoints; resume it or choose another folder\n");
    }

    @Test
    void a_resumed_run_equals_one_that_was_not_interrupted() throws IOException {
        Path run = folder.resolve("resumed");
        train(run, 4);

        Outcome outcome = run("train", "--resume", run, "--set", "iterations=6", "threads=2", "--json", "--quiet");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.json().path("iteration").asInt()).isEqualTo(6);
        assertThat(outcome.json().path("ended").asText()).isEqualTo("finished");
        assertThat(outcome.json().path("validations").findValuesAsText("iteration"))
                .containsExactly("2", "4", "6");
        assertEqualsTheUninterruptedRun(run);
    }

    @Test
    void a_setting_that_would_make_it_another_run_is_refused_on_resume() {
        Outcome outcome = run("train", "--resume", trained, "--set", "way=5", "meta-batch=4");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("fewshot4j: meta-batch must stay 2 in this run, got 4: ")
                .contains("iterations, threads, prefetch, validate-every, checkpoint-every");
        assertThat(run("train", "--resume", trained, "--set", "iteration=9").err())
                .isEqualTo("fewshot4j: there is no setting iteration; did you mean iterations?\n");
    }

    @Test
    void a_run_whose_schedule_ends_with_it_keeps_its_length() {
        Path run = folder.resolve("cosine");
        run("train", "--preset", "demo", "--out", run, tiny(2), "learning-rate-schedule=cosine");

        Outcome outcome = run("train", "--resume", run, "--set", "iterations=4", "threads=2");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("fewshot4j: iterations must stay 2 in this run, got 4: its learning rate follows a cosine"
                        + " schedule that ends there, which another end would bend; train anew with --preset and --out for"
                        + " others\n");
        assertThat(run("train", "--resume", run, "--set", "iterations=2").exit())
                .isZero();
    }

    @Test
    void a_run_that_was_killed_goes_on_without_loss() throws Exception {
        Path run = folder.resolve("killed");
        try (ChildProcess child = ChildProcess.start(PausedTraining.class, run)) {
            child.await("paused");
            child.kill();
        }

        assertThat(run("train", "--resume", run).err()).contains("training: iteration 2 to 6");

        assertEqualsTheUninterruptedRun(run);
    }

    @Test
    void a_run_that_is_asked_to_end_saves_and_tells_how_to_go_on() throws Exception {
        Path run = folder.resolve("stopped");
        try (ChildProcess child = ChildProcess.start(PausedTraining.class, run)) {
            child.await("paused");
            child.terminate();
            child.await("interrupted; to go on: fewshot4j train --resume " + run);
            assertThat(child.exitCode()).isEqualTo(SIGTERM);
        }

        assertThat(run("train", "--resume", run).err()).contains("training: iteration 4 to 6");

        assertEqualsTheUninterruptedRun(run);
    }

    @Test
    void evaluating_twice_gives_the_same_json() throws IOException {
        List<String> line = List.of("evaluate", "--run", trained.toString(), "--episodes", "4", "--json");

        Outcome first = run(line);

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(run(line).out()).isEqualTo(first.out());
        JsonNode evaluation = first.json().path("evaluation");
        assertThat(evaluation.path("episodes").asInt()).isEqualTo(4);
        assertThat(evaluation.path("episodesHash").asText()).hasSize(64);
        assertThat(evaluation.path("modes").findValuesAsText("statistics"))
                .containsExactly("batch", "support-and-one-query");
        assertThat(Files.readAllLines(trained.resolve("evaluation-test/episodes.csv")))
                .hasSize(1 + 2 * 4);
        assertThat(trained.resolve("evaluation-test/index.html")).content().contains("Learning curve");
    }

    @Test
    void an_evaluation_is_a_table_of_steps_by_statistics() {
        Outcome outcome = run(
                List.of("evaluate", "--run", trained.toString(), "--split", "validation", "--checkpoint", "latest"),
                List.of(
                        "--episodes",
                        "3",
                        "--seed",
                        "7",
                        "--out",
                        folder.resolve("table").toString()),
                List.of("--set", "shot=2", "test-query=2", "test-inner-steps=1"));

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .startsWith("maml of " + trained + ", iteration 6, ")
                .contains("\n5-way 2-shot, 2 queries per class, 3 episodes of the validation classes, seed 7\n")
                .containsPattern("transductive +inductive\n +batch +support-and-one-query\n")
                .containsPattern("before adaptation +\\d+\\.\\d\\d ± \\d+\\.\\d\\d % +\\d")
                .contains("after step 1 ")
                .doesNotContain("after step 2")
                .contains("report: " + folder.resolve("table/index.html"));
    }

    @Test
    void the_batch_statistics_to_score_under_can_be_chosen() throws IOException {
        List<String> line = List.of("evaluate", "--run", trained.toString(), "--episodes", "2", "--json");

        JsonNode modes =
                run(line, "--statistics", "batch").json().path("evaluation").path("modes");

        assertThat(modes.findValuesAsText("statistics")).containsExactly("batch");
        assertThat(run(line, "--statistics", "running").err())
                .endsWith("fewshot4j: --statistics must be of batch, support-and-one-query for this learner, got"
                        + " running\n");
        Outcome unknown = run(line, "--statistics", "bach");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("got \"bach\"; did you mean batch?");
    }

    @Test
    void another_number_of_classes_is_refused_where_the_learner_has_a_head_for_each() {
        Outcome outcome = run("evaluate", "--run", trained, "--episodes", 2, "--set", "way=3");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("fewshot4j: maml was trained for 5 classes, got 3", "protonet");
    }

    @Test
    void an_evaluation_does_not_change_what_was_trained() {
        Outcome outcome = run("evaluate", "--run", trained, "--set", "filters=8");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("fewshot4j: filters must stay 4 in this run, got 8: evaluate may change way, shot");
    }

    @Test
    void a_demo_replaces_a_demo_but_not_a_run() {
        List<String> line = List.of("demo", "--seed", "3", "--episodes", "3", "--out");
        Path demo = folder.resolve("demo");

        Outcome first = run(line, demo, tiny(2));
        Outcome second = run(line, demo, tiny(2));

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err()).contains("chance is 20 %");
        assertThat(first.out())
                .contains("before adaptation", "after step 2", "report: " + demo.resolve("report/index.html"));
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(demo.resolve("report/index.html")).content().contains("data:image/png");
        assertThat(run(line, trained, tiny(2)).err()).endsWith("resume it or choose another folder\n");
    }
}
