package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Adaptation;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

final class AdaptationTest {
    private static final int IMAGE = 12;
    private final Episode episode = Tasks.episode(IMAGE, 0);

    /** The names of what an inner step changes. */
    private List<String> changed(GradientNetwork network) {
        try (Model model = network.initialise(1, DataType.FLOAT);
                Adaptation adaptation =
                        new Adaptation("maml", new GradientGraphs(network, model.parameters()), DataType.FLOAT)) {
            adaptation.begin();
            adaptation.step(0, episode.support());
            return model.parameters().names().stream()
                    .filter(name -> !model.parameters()
                            .get(name)
                            .equals(adaptation.state().get(name)))
                    .toList();
        }
    }

    @Test
    void anil_adapts_the_head_alone() {
        GradientSettings settings = Tasks.settings();
        TaskShape shape = Tasks.shape(IMAGE, "filters=2");
        GradientNetwork network = new Anil().network(settings, shape);

        assertThat(changed(network)).containsExactly("fc.weight", "fc.bias");
        try (Model model = new Anil().initialise(settings, shape, 1, DataType.FLOAT);
                Learner anil = new Anil().create(settings, shape, model);
                MetaGradient gradient = anil.metaGradient(List.of(episode))) {
            for (String name : gradient.gradient().names()) {
                assertThat(gradient.gradient().get(name).amaxNumber().doubleValue())
                        .as(name + ": the body learns all the same")
                        .isPositive();
            }
        }
    }

    private static GradientNetwork network(String... changes) {
        return new Maml().network(Tasks.settings(changes), Tasks.shape(IMAGE, changes));
    }

    @Test
    void maml_adapts_all_but_batch_normalisation_unless_told_to() {
        GradientNetwork without = network("filters=2");
        GradientNetwork with = network("filters=2", "batch-norm-gain=true", "adapt-batch-norm=true");

        assertThat(changed(without))
                .containsExactlyElementsOf(without.layout().entries().stream()
                        .map(entry -> entry.name())
                        .filter(name -> !name.startsWith("bn"))
                        .toList());
        assertThat(changed(with)).contains("bn0.weight", "bn0.bias", "conv0.weight", "fc.bias");
    }

    @Test
    void first_order_gradients_differ_from_second_order_ones_at_the_same_loss() {
        Result second = result(new Maml());
        Result first = result(new Fomaml());

        assertThat(first.loss).isEqualTo(second.loss);
        assertThat(distance(first.gradient, second.gradient)).isGreaterThan(0.01 * distance(second.gradient, 0));
    }

    private static final class Result {
        private final double loss;
        private final double[] gradient;

        Result(MetaGradient result) {
            loss = result.loss();
            gradient = Transfer.read(result.gradient().flat());
        }
    }

    private Result result(LearnerSpec<GradientSettings> spec) {
        GradientSettings settings = Tasks.settings("inner-learning-rate=0.4");
        TaskShape shape = Tasks.shape(IMAGE, "filters=3");
        try (Model model = spec.initialise(settings, shape, 1, DataType.DOUBLE);
                Learner learner = spec.create(settings, shape, model);
                MetaGradient result = learner.metaGradient(List.of(episode))) {
            return new Result(result);
        }
    }

    private static double distance(double[] a, double... b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow(a[i] - b[b.length == 1 ? 0 : i], 2);
        }
        return Math.sqrt(sum);
    }
}
