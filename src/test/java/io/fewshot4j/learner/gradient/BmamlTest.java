package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.GradientCheck;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.nn.PlainStein;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The golden model sees nothing: its features are 0, and its particles are what is left, the biases of three heads. */
final class BmamlTest {
    private static final double RATE = 0.6;
    private static final String[] GOLDEN = {
        "particles=3", "leader-steps=2", "inner-learning-rate=" + RATE, "inner-steps=2", "test-inner-steps=3"
    };
    private static final double[][] BIASES = {{1, 0, -0.5, 0.25, 0}, {0, -1, 0.5, 0, 0.75}, {-0.5, 0.5, 0, 1.5, -1}};
    private static final Offset<Double> CLOSE = within(1e-9);

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(x -> Math.exp(x) / sum).toArray();
    }

    /** Gradient of the cross-entropies of {@code shots} images of each class. */
    private static double[] gradient(double[] bias, int shots) {
        return Arrays.stream(softmax(bias)).map(p -> shots * (5 * p - 1)).toArray();
    }

    /** On one support image of each class, and as a leader on two queries of each besides. */
    private static double[][] step(double[][] biases, boolean leader) {
        return PlainStein.step(biases, bias -> gradient(bias, leader ? 1 + 2 : 1), RATE / 5);
    }

    private static double[][] chasers(double[][] biases) {
        return step(step(biases, false), false);
    }

    private static double[][] leaders() {
        return step(step(chasers(BIASES), true), true);
    }

    private static SmallModel<Bmaml.Settings> golden() {
        SmallModel<Bmaml.Settings> model = new SmallModel<>(new Bmaml(), GOLDEN);
        model.model.parameters().flat().assign(0);
        for (int i = 0; i < BIASES.length; i++) {
            Transfer.write(BIASES[i], model.model.parameters().get("particle" + i + ".fc.bias"));
        }
        return model;
    }

    @Test
    void it_answers_with_the_mean_probability_of_its_particles_after_each_step() {
        try (SmallModel<Bmaml.Settings> model = golden()) {
            for (BatchStatistics statistics : model.learner.supportedStatistics()) {
                List<Scores> byStep =
                        model.learner.predict(SmallModel.TASK, statistics).byStep();
                double[][] biases = BIASES;
                assertThat(byStep).hasSize(4);
                for (Scores scores : byStep) {
                    for (int label = 0; label < 5; label++) {
                        int now = label;
                        double mean = Arrays.stream(biases)
                                .mapToDouble(bias -> softmax(bias)[now])
                                .average()
                                .orElseThrow();
                        assertThat(scores.probability(7, label)).isCloseTo(mean, CLOSE);
                    }
                    biases = step(biases, false);
                }
            }
        }
    }

    @Test
    void the_meta_loss_is_the_squared_way_from_chasers_to_leaders_and_its_gradient_leaves_leaders_where_they_are() {
        try (SmallModel<Bmaml.Settings> model = golden()) {
            assertThat(model.loss(0)).isCloseTo(PlainStein.squaredDistance(chasers(BIASES), leaders()), CLOSE);
            Map<String, double[]> gradient = model.gradient(0);
            for (int i = 0; i < 3; i++) {
                for (int label = 0; label < 5; label++) {
                    double difference = moved(i, label, 1e-6) - moved(i, label, -1e-6);
                    assertThat(Lookup.in(gradient, "particle" + i + ".fc.bias")[label])
                            .isCloseTo(difference / 2e-6, within(1e-7));
                }
            }
        }
    }

    private static double moved(int particle, int label, double by) {
        double[][] biases = Arrays.stream(BIASES).map(double[]::clone).toArray(double[][]::new);
        biases[particle][label] += by;
        return PlainStein.squaredDistance(chasers(biases), leaders());
    }

    @Test
    void the_meta_gradient_of_body_and_heads_agrees_with_finite_differences() {
        try (SmallModel<Bmaml.Settings> model = new SmallModel<>(new Bmaml(), GOLDEN)) {
            List<GradientCheck.Row> rows = GradientCheck.compare(model.learner, SmallModel.tasks(2), 4, 1);

            assertThat(rows).allSatisfy(row -> {
                assertThat(row.error()).as(row.parameter()).isLessThan(1e-5);
                assertThat(row.largest()).as(row.parameter()).isPositive();
            });
        }
    }

    @Test
    void one_head_adapts_as_anils() {
        String[] settings = {"particles=1", "inner-learning-rate=0.5", "test-inner-steps=2"};
        try (SmallModel<Bmaml.Settings> one = new SmallModel<>(new Bmaml(), settings);
                SmallModel<GradientSettings> anil =
                        new SmallModel<>(new Anil(), settings[1], settings[2], "padding=tensorflow")) {
            one.model.parameters().flat().assign(anil.model.parameters().flat());

            assertThat(all(one.byStep(SmallModel.TASK))).containsExactly(all(anil.byStep(SmallModel.TASK)), CLOSE);
        }
    }

    private static double[] all(List<Scores> byStep) {
        List<Double> probabilities = new ArrayList<>();
        for (Scores scores : byStep) {
            for (int i = 0; i < scores.queries() * scores.way(); i++) {
                probabilities.add(scores.probability(i / scores.way(), i % scores.way()));
            }
        }
        return probabilities.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void accuracy_is_that_of_the_chasers_together() {
        try (SmallModel<Bmaml.Settings> model = golden();
                MetaGradient result = model.learner.metaGradient(List.of(SmallModel.TASK))) {
            // without features every query has the same answer, and one in five is right
            assertThat(result.accuracy()).isCloseTo(0.2, CLOSE);
        }
    }

    @Test
    void settings_that_cannot_be_are_refused() {
        assertRefused("particles=0", "particles and leader-steps must be at least 1, got 0 and 1");
        assertRefused("leader-steps=0", "particles and leader-steps must be at least 1, got 5 and 0");
        assertRefused("inner-steps=0", "inner-steps and test-inner-steps must be at least 1, got 0 and 10");
        assertRefused("inner-learning-rate=0", "inner-learning-rate must be above 0, got 0.0");
    }

    private static void assertRefused(String setting, String message) {
        assertThatThrownBy(() -> new SmallModel<>(new Bmaml(), setting))
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }
}
