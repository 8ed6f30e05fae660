package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.SameBits;
import io.fewshot4j.learner.GradientCheck;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MamlPlusPlusTest {
    private static final List<String> PLAIN =
            List.of("learned-rates=false", "step-batch-norm=false", "multi-step-loss-iterations=0");
    private static final long END = 1_000_000;

    /** A model of two inner steps, unless told otherwise. */
    private static SmallModel<MamlPlusPlusSettings> model(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        if (all.stream().noneMatch(setting -> setting.startsWith("inner-steps"))) {
            all.addAll(List.of("inner-steps=2", "test-inner-steps=2"));
        }
        return new SmallModel<>(new MamlPlusPlus(), all.toArray(new String[0]));
    }

    private static SmallModel<MamlPlusPlusSettings> plain(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + PLAIN.size());
        IntStream.range(0, PLAIN.size()).forEach(i -> all[settings.length + i] = PLAIN.get(i));
        return model(all);
    }

    private static SmallModel<GradientSettings> maml(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "head-init=glorot";
        all[settings.length + 1] = "padding=torch";
        return new SmallModel<>(new Maml(), all);
    }

    @Test
    void without_its_parts_it_is_maml_to_the_bit() {
        String[] same = {"inner-learning-rate=0.3", "inner-steps=3", "test-inner-steps=3"};
        try (SmallModel<GradientSettings> maml = maml(same);
                SmallModel<MamlPlusPlusSettings> plain = plain(same)) {
            assertThat(plain.loss(0)).isEqualTo(maml.loss(0));
            assertThat(Arrays.deepEquals(values(plain.gradient(0)), values(maml.gradient(0))))
                    .isTrue();
        }
    }

    private static Object[] values(Map<String, double[]> gradients) {
        return gradients.values().toArray();
    }

    /** Equal rates and gains at every step: what the steps' parameters get is MAML's, shared out among the steps. */
    @Test
    void equal_steps_give_mamls_gradients_summed_over_the_steps() {
        String[] same = {"inner-learning-rate=0.3", "inner-steps=3", "test-inner-steps=3"};
        try (SmallModel<GradientSettings> maml = maml(same);
                SmallModel<MamlPlusPlusSettings> model = model(same)) {
            Map<String, double[]> gradients = model.gradient(END);
            maml.gradient(0).forEach((name, expected) -> {
                double[] actual = name.startsWith("bn") ? overSteps(gradients, name) : Lookup.in(gradients, name);
                assertThat(actual).as(name).containsExactly(expected, within(1e-12));
            });
        }
    }

    private static double[] overSteps(Map<String, double[]> gradients, String name) {
        double[] sum = new double[Lookup.in(gradients, "step0." + name).length];
        for (int step = 0; step < 3; step++) {
            double[] part = Lookup.in(gradients, "step" + step + "." + name);
            Arrays.setAll(sum, i -> sum[i] + part[i]);
        }
        return sum;
    }

    @Test
    void the_loss_of_every_step_is_the_weighted_sum_of_the_steps_losses() {
        try (SmallModel<MamlPlusPlusSettings> model = model("multi-step-loss-iterations=10")) {
            List<Double> losses = model.queryLosses();

            assertThat(model.loss(0)).isCloseTo((losses.get(1) + losses.get(2)) / 2, within(1e-12));
            assertThat(model.loss(5)).isCloseTo(0.25 * losses.get(1) + 0.75 * losses.get(2), within(1e-12));
            assertThat(model.loss(10)).isCloseTo(losses.get(2), within(1e-12));
            assertThat(model.loss(5)).isCloseTo(0.25 * losses.get(1) + 0.75 * losses.get(2), within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.2, 0.2", "2500, 0.1, 0.6", "4840, 0.0064, 0.9744", "4900, 0.006, 0.976", "4999, 0.006, 0.976"})
    void early_losses_fade_along_a_line_to_a_least_share(long iteration, double early, double last) {
        Stage stage = MamlPlusPlusSettings.omniglot().stage(iteration);

        assertThat(stage.stepWeights().subList(0, 4))
                .allSatisfy(x -> assertThat(x).isCloseTo(early, within(1e-12)));
        assertThat(stage.stepWeights().get(4)).isCloseTo(last, within(1e-12));
    }

    @Test
    void afterwards_the_last_loss_alone_counts() {
        assertThat(MamlPlusPlusSettings.omniglot().stage(5000)).isEqualTo(Stage.lastStep(2));
        assertThat(MamlPlusPlusSettings.omniglot().stage(Long.MAX_VALUE)).isEqualTo(Stage.lastStep(2));
    }

    @Test
    void the_order_becomes_2_at_the_stated_iteration() {
        try (SmallModel<MamlPlusPlusSettings> annealed = model("first-order-iterations=3");
                SmallModel<MamlPlusPlusSettings> first = model("first-order-iterations=4");
                SmallModel<MamlPlusPlusSettings> second = model()) {
            assertThat(Arrays.deepEquals(values(annealed.gradient(2)), values(first.gradient(2))))
                    .isTrue();
            assertThat(Arrays.deepEquals(values(annealed.gradient(3)), values(second.gradient(3))))
                    .isTrue();
            assertThat(Arrays.deepEquals(values(first.gradient(3)), values(second.gradient(3))))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 2, 2", "2, 3, 3"})
    void a_steps_gain_is_used_at_that_step_and_behind_it(int step, int firstChanged, int alsoChanged) {
        try (SmallModel<MamlPlusPlusSettings> model = model("inner-steps=3", "test-inner-steps=3")) {
            List<Double> before = model.queryLosses();
            model.model.parameters().get("step" + step + ".bn1.weight").muli(1.5);
            List<Double> after = model.queryLosses();

            assertThat(after.subList(0, firstChanged)).isEqualTo(before.subList(0, firstChanged));
            assertThat(after.get(firstChanged)).isNotEqualTo(before.get(firstChanged));
            assertThat(after.get(alsoChanged)).isNotEqualTo(before.get(alsoChanged));
        }
    }

    /**
     * d loss / d rate of the last step = -(support gradient before it) . (query gradient behind it): here of the head's
     * bias, worked out from the answers.
     */
    @Test
    void a_last_steps_rate_has_the_gradient_worked_out_by_hand() {
        try (SmallModel<MamlPlusPlusSettings> model = model("step-batch-norm=false")) {
            double[] support = model.biasGradients(SmallModel.supportAgain()).get(1);
            double[] query = model.biasGradients(SmallModel.TASK).get(2);
            double expected = -IntStream.range(0, support.length)
                    .mapToDouble(i -> support[i] * query[i])
                    .sum();

            assertThat(Lookup.in(model.gradient(END), "step1.rate.fc.bias"))
                    .containsExactly(new double[] {expected}, within(1e-14));
        }
    }

    @Test
    void a_rate_of_0_skips_its_array_at_its_step() {
        try (SmallModel<MamlPlusPlusSettings> model =
                model("inner-steps=3", "test-inner-steps=3", "step-batch-norm=false")) {
            for (String name : model.model.parameters().names()) {
                if (name.startsWith("step1.rate.")) {
                    model.model.parameters().get(name).assign(0);
                }
            }
            List<Double> losses = model.queryLosses();

            assertThat(losses.get(2)).isEqualTo(losses.get(1));
            assertThat(losses.get(1)).isNotEqualTo(losses.get(0));
            assertThat(losses.get(3)).isNotEqualTo(losses.get(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adapt-batch-norm=false", "adapt-batch-norm=true"})
    void the_gradient_of_every_steps_loss_agrees_with_central_differences(String adapted) {
        try (SmallModel<MamlPlusPlusSettings> model = model("inner-learning-rate=0.4", adapted)) {
            Learner atStart = new AtIteration(model.learner, 1000);

            assertThat(GradientCheck.compare(atStart, List.of(SmallModel.TASK), 1, 1))
                    .allSatisfy(row -> assertThat(row.error()).isLessThan(1e-6));
        }
    }

    @Test
    void several_tasks_in_a_graph_give_the_mean_of_each_alone_at_every_stage() {
        try (SmallModel<MamlPlusPlusSettings> model = model("first-order-iterations=1");
                Learner together = model.withTasksPerGraph(2)) {
            for (long iteration : new long[] {0, 1, END}) {
                try (MetaGradient one = model.learner.metaGradient(SmallModel.tasks(2), iteration);
                        MetaGradient both = together.metaGradient(SmallModel.tasks(2), iteration)) {
                    assertThat(both.loss()).isCloseTo(one.loss(), within(1e-12));
                    assertThat(Transfer.read(both.gradient().flat()))
                            .containsExactly(Transfer.read(one.gradient().flat()), within(1e-12));
                }
            }
        }
    }

    @Test
    void the_program_of_every_steps_loss_has_the_sessions_bits() {
        MamlPlusPlusSettings settings =
                Settings.parse(List.of("inner-steps=2", "test-inner-steps=2")).bind(MamlPlusPlusSettings.omniglot());
        TaskShape shape = Tasks.shape(new MamlPlusPlus(), 12, "filters=2", "pooling=stride");
        GradientNetwork network = new MamlPlusPlus().network(settings, shape);
        Stage stage = Stage.everyStep(2, List.of(0.5, 0.5));

        SameBits.require(type -> MetaGraph.metaGradient(network, stage, shape, type), 1);
        SameBits.require(type -> MetaGraph.metaGradient(network, stage, shape.withTasksPerGraph(2), type), 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test-inner-steps=6|test-inner-steps must be at most inner-steps 5 with learned-rates or step-batch-norm, which end there, got 6",
                "first-order-iterations=-1|multi-step-loss-iterations and first-order-iterations must be at least 0, got 5000 and -1",
            })
    void settings_that_cannot_be_are_refused(String setting, String message) {
        assertThatThrownBy(() -> new SmallModel<>(new MamlPlusPlus(), setting))
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }

    @Test
    void without_parts_that_end_it_takes_more_steps_in_tests() {
        try (SmallModel<MamlPlusPlusSettings> plain = plain("inner-steps=5", "test-inner-steps=6")) {
            assertThat(plain.byStep(SmallModel.TASK)).hasSize(7);
        }
    }
}
