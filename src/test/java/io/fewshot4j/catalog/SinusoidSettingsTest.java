package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.Sinusoid;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Experiments on functions, as their presets have them. */
final class SinusoidSettingsTest {
    private static final SinusoidTask GOLDEN = new SinusoidTask(
            new Sinusoid(2, 0.5),
            new Points(List.of(1.0, 2.0), List.of(1.0, -1.0)),
            new Points(List.of(-1.0, 3.0), List.of(0.5, 2.0)));

    private static Experiment preset(String method, String... changes) {
        Settings settings = Presets.load("sinusoid/" + method + "-10shot").settings();
        return Experiment.of(settings.with(Settings.parse(List.of(changes))));
    }

    /** One unit that a positive sum passes unchanged makes the network a linear function of its inputs. */
    @Test
    void the_oracle_is_told_amplitude_and_phase() {
        Experiment experiment = preset("oracle", "hidden=1");
        try (Model model = experiment.initialise(DataType.DOUBLE);
                Learner learner = experiment.learner(model)) {
            assertThat(model.parameters().names()).containsExactly("fc0.weight", "fc0.bias", "fc.weight", "fc.bias");
            Transfer.write(
                    new double[] {1, 10, 100, 0, 1, 0}, model.parameters().flat());

            Scores answers = learner.predict(experiment.episode(GOLDEN), BatchStatistics.BATCH)
                    .byStep()
                    .get(0);
            assertThat(answers.queries()).isEqualTo(2);
            assertThat(answers.probability(0, 0)).isEqualTo(-1 + 20 + 50.0);
            assertThat(answers.probability(1, 0)).isEqualTo(3 + 20 + 50.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"maml", "fomaml", "reptile", "bmaml", "pretrained", "oracle"})
    void tasks_in_one_graph_give_the_mean_of_single_ones(String method) {
        List<double[]> gradients = new ArrayList<>();
        for (int tasksPerGraph : List.of(1, 3)) {
            Experiment small = small(method, tasksPerGraph);
            try (Model model = model(small);
                    Learner learner = small.learner(model);
                    MetaGradient mean = learner.metaGradient(tasks(small, 3))) {
                gradients.add(Transfer.read(mean.gradient().flat()));
            }
        }

        assertThat(gradients.get(1)).containsExactly(gradients.get(0), within(1e-12));
        assertThat(Arrays.stream(gradients.get(0)).map(Math::abs).max().orElseThrow())
                .isPositive();
    }

    private static Experiment small(String method, int tasksPerGraph) {
        Settings own = switch (method) {
            case "bmaml" -> Settings.parse(List.of("particles=2", "leader-steps=2", "noise-variance=0.04"));
            case "reptile" -> Settings.parse(List.of("inner-batch=4", "train-shot=8"));
            default -> Settings.none();
        };
        return preset(
                        method,
                        "shot=4",
                        "query=3",
                        "inner-learning-rate=0.1",
                        "inner-steps=2",
                        "test-inner-steps=2",
                        "hidden=5,6",
                        "meta-batch=3",
                        "tasks-per-graph=" + tasksPerGraph)
                .with(own);
    }

    private static Model model(Experiment experiment) {
        Model model = experiment.initialise(DataType.DOUBLE);
        INDArray flat = model.parameters().flat();
        for (int i = 0; i < flat.length(); i++) {
            flat.putScalar(i, Math.sin(1 + 2.0 * i));
        }
        return model;
    }

    private static List<Episode> tasks(Experiment experiment, int count) {
        Sinusoids functions =
                experiment.functions(experiment.episodes().training().shot(), 1);
        return LongStream.range(0, count)
                .mapToObj(functions::task)
                .map(experiment::episode)
                .toList();
    }

    @Test
    void first_weights_are_close_to_0_and_follow_from_the_seed() {
        try (Model one = preset("maml", "seed=1").initialise(DataType.FLOAT);
                Model same = preset("maml", "seed=1").initialise(DataType.FLOAT);
                Model other = preset("maml", "seed=2").initialise(DataType.FLOAT)) {
            assertThat(one.parameters().flat()).isEqualTo(same.parameters().flat());
            assertThat(one.parameters().flat()).isNotEqualTo(other.parameters().flat());
            assertThat(Arrays.stream(Transfer.read(one.parameters().flat()))
                            .map(Math::abs)
                            .max()
                            .orElseThrow())
                    .isLessThanOrEqualTo(0.02);
            assertThat(Transfer.read(one.parameters().get("fc1.bias"))).containsOnly(0);
            assertThat(Transfer.read(one.parameters().get("fc1.weight"))).doesNotContain(0);
        }
    }

    /** A step on every point as often as on any other is the step on all of them at once. */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 20})
    void reptile_steps_on_all_support_points_in_tests_as_maml_does(int shot) {
        Experiment reptile = preset("reptile");
        Experiment maml = preset("maml", "inner-learning-rate=0.02");
        try (Model model = model(reptile);
                Learner one = reptile.learner(model);
                Learner other = maml.learner(model)) {
            Episode task = reptile.episode(reptile.functions(shot, 1).task(0));
            List<Scores> answers = one.predict(task, BatchStatistics.BATCH).byStep();
            List<Scores> expected = other.predict(task, BatchStatistics.BATCH).byStep();

            assertThat(answers).hasSize(11).hasSameSizeAs(expected);
            for (int query = 0; query < expected.get(1).queries(); query++) {
                double before = expected.get(0).probability(query, 0);
                double after = expected.get(1).probability(query, 0);
                assertThat(after).isNotEqualTo(before);
                assertThat(answers.get(1).probability(query, 0))
                        .isCloseTo(after, within(1e-9 * Math.abs(after - before)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shot=0, 'shot must be at least 1, got 0'",
        "inner-learning-rate=0, 'inner-learning-rate must be above 0, got 0.0'",
        "noise-variance=0, 'noise-variance must be above 0, got 0.0'"
    })
    void settings_that_cannot_be_are_refused(String setting, String message) {
        assertThatThrownBy(() -> preset("bmaml", setting))
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }
}
