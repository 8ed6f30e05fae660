package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetaSgdTest {
    @Test
    void rates_that_are_all_equal_give_mamls_meta_gradient() {
        String[] same = {"inner-learning-rate=0.4", "inner-steps=2", "head-init=normal"};
        try (SmallModel<GradientSettings> maml = new SmallModel<>(new Maml(), same);
                SmallModel<MetaSgdSettings> metaSgd =
                        new SmallModel<>(new MetaSgd(), "highest-inner-learning-rate=0.4", same[0], same[1], same[2])) {
            Map<String, double[]> gradients = metaSgd.gradient(0);

            assertThat(metaSgd.loss(0)).isCloseTo(maml.loss(0), within(1e-13));
            maml.gradient(0)
                    .forEach((name, gradient) ->
                            assertThat(Lookup.in(gradients, name)).as(name).containsExactly(gradient, within(1e-13)));
        }
    }

    /**
     * d loss / d rate = -(support gradient) (query gradient of the adapted weight): here of the head's bias, worked out
     * from the answers.
     */
    @Test
    void a_rates_gradient_is_minus_the_product_of_support_and_query_gradient() {
        try (SmallModel<MetaSgdSettings> model = new SmallModel<>(new MetaSgd())) {
            double[] support = model.biasGradients(SmallModel.supportAgain()).get(0);
            double[] query = model.biasGradients(SmallModel.TASK).get(1);
            double[] expected = new double[support.length];
            Arrays.setAll(expected, i -> -support[i] * query[i]);

            assertThat(Lookup.in(model.gradient(0), "rate.fc.bias")).containsExactly(expected, within(1e-14));
        }
    }

    @Test
    void the_head_moves_by_its_own_rates() {
        try (SmallModel<MetaSgdSettings> model = new SmallModel<>(new MetaSgd(), "inner-learning-rate=0.5")) {
            model.model.parameters().flat().muli(0);
            model.model.parameters().get("rate.fc.bias").putScalar(2, 1.0);
            // all logits are 0; the bias of class 2 moves by its gradient, the mean of softmax minus label: 1/5 - 1/5
            assertThat(model.byStep(SmallModel.TASK).get(1).probability(0, 2)).isCloseTo(0.2, within(1e-12));

            model.model.parameters().get("fc.bias").putScalar(2, 1.0);
            double share = Math.E / (4 + Math.E);
            double moved = Math.exp(1 - (share - 0.2));
            assertThat(model.byStep(SmallModel.TASK).get(1).probability(0, 2))
                    .isCloseTo(moved / (4 + moved), within(1e-12));
        }
    }

    @Test
    void rates_begin_uniformly_between_the_two_settings_beside_mamls_weights() {
        try (SmallModel<MetaSgdSettings> model = new SmallModel<>(new MetaSgd());
                SmallModel<GradientSettings> maml = new SmallModel<>(new Maml(), "head-init=normal")) {
            double[] rates = Transfer.read(model.model.parameters().get("rate.conv1.weight"));

            assertThat(rates).hasSize(3 * 3 * 2 * 2);
            assertThat(Arrays.stream(rates).allMatch(rate -> rate >= 0.025 && rate < 0.5))
                    .isTrue();
            assertThat(Arrays.stream(rates).average().orElseThrow()).isBetween(0.2, 0.33);
            assertThat(model.model.parameters().names()).doesNotContain("rate.bn0.bias");
            for (String name : maml.model.parameters().names()) {
                assertThat(model.model.parameters().get(name))
                        .isEqualTo(maml.model.parameters().get(name));
            }
        }
    }

    @Test
    void the_highest_first_rate_is_at_least_the_lowest() {
        assertThatThrownBy(() -> new SmallModel<>(new MetaSgd(), "inner-learning-rate=0.6"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("highest-inner-learning-rate must be at least inner-learning-rate 0.6, got 0.5");
    }
}
