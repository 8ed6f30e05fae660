package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.cli.CommandLines.Outcome;
import io.fewshot4j.options.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sinusoid experiment on the smallest of networks. */
final class SinusoidCommandTest {
    @TempDir
    private static Path folder;

    private static Outcome whole;

    @BeforeAll
    static void train_two_methods_for_6_iterations() {
        whole = sinusoid("whole", 6);
    }

    private static Outcome sinusoid(String out, int iterations) {
        return run(
                "sinusoid",
                "--out",
                folder.resolve(out),
                "--method",
                "maml",
                "pretrained",
                "--tasks",
                3,
                "--json",
                "--set",
                "iterations=" + iterations,
                "hidden=8",
                "test-inner-steps=2",
                "threads=1");
    }

    @Test
    void errors_are_told_for_each_method_number_of_points_and_step() throws IOException {
        assertThat(whole.exit()).as(whole.err()).isZero();
        assertThat(whole.json().path("methods").findValuesAsText("method")).containsExactly("maml", "pretrained");
        assertThat(whole.json().path("methods").findValuesAsText("shot"))
                .containsExactly("5", "10", "20", "5", "10", "20");
        assertThat(whole.json().at("/methods/0/results/1/errorByStep")).hasSize(3);
        assertThat(whole.json().at("/methods/0/results/1/errorByStep/0/mean").asDouble())
                .isBetween(0.1, 12.5);
        assertThat(whole.json().at("/methods/0/results/1/innerLearningRate").asDouble())
                .isEqualTo(0.01);
    }

    @Test
    void the_report_has_a_chart_for_each_number_of_points_and_the_curves_of_each_method() throws IOException {
        Path report = folder.resolve("whole/report");

        assertThat(report.resolve("index.html"))
                .content()
                .contains(
                        "Error by inner step from 5 points",
                        "Error by inner step from 20 points",
                        "Curves that maml fits",
                        "Curves that pretrained fits",
                        "5 points, all on the right half",
                        "<svg",
                        "fewshot4j sinusoid --out");
        assertThat(Files.readAllLines(report.resolve("error-by-step.csv")))
                .hasSize(1 + 2 * 3 * 3)
                .startsWith("method,shot,step,mse,half_width,tasks,inner_learning_rate");
    }

    @Test
    void a_run_that_is_gone_on_with_equals_one_in_one_piece() {
        sinusoid("pieces", 2);
        assertThat(sinusoid("pieces", 6).exit()).isZero();

        for (String file : List.of("maml/checkpoints/iteration-000006/parameters.npz", "maml/history.csv")) {
            assertThat(folder.resolve("pieces").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    @Test
    void a_setting_that_would_make_it_another_run_is_refused() {
        Outcome outcome =
                run("sinusoid", "--out", folder.resolve("whole"), "--method", "maml", "--set", "inner-steps=2");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("inner-steps must stay 1 in this run, got 2");
    }

    @Test
    void an_unknown_method_is_answered_with_the_nearest() {
        Outcome outcome = run("sinusoid", "--out", folder.resolve("none"), "--method", "mamml");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "--method must be of maml, fomaml, reptile, bmaml, pretrained, oracle, got \"mamml\"; did you mean maml?");
    }

    @Test
    void train_trains_a_run_as_sinusoid_does_and_evaluate_reports_its_errors_by_step() throws IOException {
        Path run = folder.resolve("train");
        Outcome trained = run(
                "train",
                "--preset",
                "sinusoid/maml-10shot",
                "--out",
                run,
                "--json",
                "--set",
                "iterations=6",
                "hidden=8",
                "test-inner-steps=2",
                "threads=1");
        assertThat(trained.exit()).as(trained.err()).isZero();
        assertThat(run.resolve("history.csv")).hasSameBinaryContentAs(folder.resolve("whole/maml/history.csv"));
        assertThat(run.resolve("report/index.html")).content().contains("maml on sinusoid, 10 points");

        Outcome outcome = run("evaluate", "--run", run, "--episodes", 3, "--json");
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.json().path("learner").asText()).isEqualTo("maml");
        assertThat(outcome.json().path("evaluation")).isEqualTo(whole.json().at("/methods/0/results/1"));
        assertThat(run.resolve("evaluation-test/index.html")).content().contains("Curves that maml fits");

        Outcome other = run("evaluate", "--run", run, "--episodes", 3, "--set", "shot=5");
        assertThat(other.out()).contains("5 points, 3 functions", "step 0", "step 2", "mean squared error");
    }

    @Test
    void a_trained_run_on_functions_goes_on() throws IOException {
        Path run = folder.resolve("more");
        String[] settings = {"iterations=2", "hidden=8", "learning-rate-schedule=constant"};
        assertThat(run(
                                "train",
                                "--preset",
                                "sinusoid/reptile-10shot",
                                "--out",
                                run,
                                "--set",
                                settings[0],
                                settings[1],
                                settings[2])
                        .exit())
                .isZero();
        Outcome more = run("train", "--resume", run, "--json", "--set", "iterations=4");

        assertThat(more.exit()).as(more.err()).isZero();
        assertThat(more.json().path("iteration").asInt()).isEqualTo(4);
    }

    @Test
    void evaluate_refuses_what_functions_do_not_have() {
        Outcome outcome = run("evaluate", "--run", folder.resolve("whole/maml"), "--statistics", "batch");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("a run on functions is tested on functions that are drawn: leave out --statistics");
    }

    @Test
    void help_has_the_settings_and_presets_prints_one() {
        assertThat(run("sinusoid", "--help").out()).contains("oracle=false", "noise-variance=0.01");
        assertThat(run("presets", "sinusoid/oracle-10shot").out()).contains("oracle: true", "iterations: 70000");
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#sinusoids")
    void a_preset_is_of_the_method_in_its_name(String name) {
        Settings settings = Presets.load(name).settings();
        Experiment experiment = Experiment.of(settings);
        String method = name.substring("sinusoid/".length(), name.length() - "-10shot".length());

        assertThat(experiment.learnerName()).isEqualTo(method.equals("oracle") ? "pretrained" : method);
        assertThat(experiment.settings().get("oracle")).contains(Boolean.toString(method.equals("oracle")));
        assertThat(experiment.episodes().shot()).isEqualTo(10);
        assertThat(experiment.settings().get("hidden")).contains("40,40");
        assertThat(Experiment.of(experiment.settings()).settings()).isEqualTo(experiment.settings());
    }
}
