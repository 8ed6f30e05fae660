package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Adaptation;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.FeatureRows;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Support;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.nn.Network;
import io.fewshot4j.nn.NormLayer;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A head on two features and two classes, worked out by hand; and all layers, by differences. */
final class FineTuningTest {
    private static final double[][] SUPPORT = {{1, 2}, {3, -1}, {0, 1}};
    private static final int[] LABELS = {0, 1, 0};
    private static final double[] QUERY = {2, 0.5};
    private static final double RATE = 0.4;
    private static final double DECAY = 0.5;
    private static final int STEPS = 3;
    private static final FeatureRows ROWS = new FeatureRows(2);
    private static final LabelledImages EXAMPLES = ROWS.examples(new float[] {1, 2, 3, -1, 0, 1}, LABELS);

    private static Baseline.Settings settings(ClassScores scores) {
        Baseline.Settings d = new Baseline().defaults();
        return new Baseline.Settings(scores, 2, Classifier.FINE_TUNE, d.distance(), STEPS, RATE, DECAY);
    }

    /** A model of a body alone. */
    private static Model model(Network body) {
        Parameters parameters = Parameters.zeros(body.layout(), DataType.DOUBLE);
        Parameters statistics = Parameters.zeros(body.statisticsLayout(), DataType.DOUBLE);
        body.initialise(parameters, new Random(1));
        Initialisation.ones(statistics, body.statisticsLayout());
        return new Model(parameters, statistics);
    }

    private static Adaptation tuning(ClassScores scores, Network body, Model model) {
        Baseline.Settings settings = settings(scores);
        return new Adaptation(
                "baseline", new FineTuning(settings, ClassNetwork.of(settings, body, 2), model), DataType.DOUBLE);
    }

    @Test
    void a_new_head_begins_at_zero_and_takes_decaying_steps_on_the_mean_cross_entropy() {
        LabelledImages query = ROWS.examples(new float[] {2, 0.5f}, new int[] {0});
        try (Model model = model(ROWS);
                Adaptation tuning = tuning(ClassScores.LINEAR, ROWS, model)) {
            for (int time = 0; time < 2; time++) {
                try (Adapted adapted = tuning.adapt(new Support(List.of("a", "b"), EXAMPLES))) {
                    Predictions predictions = adapted.scoreSteps(query, BatchStatistics.RUNNING);
                    for (int step = 0; step <= STEPS; step++) {
                        assertThat(predictions.byStep().get(step).probability(0, 0))
                                .isCloseTo(byHand(step), within(1e-9));
                    }
                }
            }
        }
    }

    /** The probability of label 0 after some steps. With two classes the second's weights are minus the first's. */
    private static double byHand(int steps) {
        double[] weight = new double[2];
        double bias = 0;
        for (int step = 0; step < steps; step++) {
            double[] gradient = new double[2];
            double biasGradient = 0;
            for (int i = 0; i < SUPPORT.length; i++) {
                double error = probability(weight, bias, SUPPORT[i]) - (LABELS[i] == 0 ? 1 : 0);
                gradient[0] += error * SUPPORT[i][0] / SUPPORT.length;
                gradient[1] += error * SUPPORT[i][1] / SUPPORT.length;
                biasGradient += error / SUPPORT.length;
            }
            double rate = RATE / (1 + DECAY * step);
            weight[0] -= rate * gradient[0];
            weight[1] -= rate * gradient[1];
            bias -= rate * biasGradient;
        }
        return probability(weight, bias, QUERY);
    }

    private static double probability(double[] weight, double bias, double[] x) {
        double logit = 2 * (weight[0] * x[0] + weight[1] * x[1] + bias);
        return 1 / (1 + Math.exp(-logit));
    }

    /** Normalisation of two features, and nothing else. */
    private record Normalised() implements Network {
        private static final NormLayer NORM = new NormLayer(0, 2, false, 1e-3);

        @Override
        public ImageShape image() {
            return ROWS.image();
        }

        @Override
        public ParameterLayout layout() {
            return NORM.layout();
        }

        @Override
        public ParameterLayout statisticsLayout() {
            return NORM.statisticsLayout();
        }

        @Override
        public int features() {
            return 2;
        }

        @Override
        public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
            return NORM.forward(weights, Ops.reshape(input, images, 2), norm);
        }
    }

    @Test
    void running_statistics_move_by_a_tenth_to_the_support_sets_at_each_step() {
        Normalised body = new Normalised();
        try (Model model = model(body);
                Adaptation tuning = tuning(ClassScores.LINEAR, body, model)) {
            tuning.begin();
            tuning.step(0, EXAMPLES);
            tuning.step(1, EXAMPLES);

            // means 4/3 and 2/3, unbiased variances 7/3 and 7/3, which input normalisation alone does not change
            double share = 1 - 0.9 * 0.9;
            assertThat(Transfer.read(tuning.state().get("bn0.mean")))
                    .containsExactly(new double[] {share * 4 / 3, share * 2 / 3}, within(1e-9));
            assertThat(Transfer.read(tuning.state().get("bn0.variance")))
                    .containsExactly(new double[] {0.81 + share * 7 / 3, 0.81 + share * 7 / 3}, within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(ClassScores.class)
    void a_step_is_the_rate_times_the_gradient_of_the_support_sets_loss(ClassScores scores) {
        Conv4 body = new Conv4Settings(
                        2, Conv4.Downsampling.STRIDE, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH, true, 1e-3)
                .network(new ImageShape(16, 16, 1));
        LabelledImages support = images(body.image());
        try (Model model = model(body);
                Adaptation tuning = tuning(scores, body, model)) {
            tuning.begin();
            tuning.step(0, support);
            double[] before = Transfer.read(tuning.state().flat());
            tuning.step(1, support);
            double[] after = Transfer.read(tuning.state().flat());
            int trained = Math.toIntExact(
                    ClassNetwork.of(settings(scores), body, 2).layout().length());
            double largest = 0;
            for (int i = 0; i < trained; i++) {
                double slope = slope(tuning, support, before, i);
                largest = Math.max(largest, Math.abs(slope));
                assertThat((before[i] - after[i]) * (1 + DECAY) / RATE)
                        .as("entry " + i)
                        .isCloseTo(slope, within(1e-6));
            }
            assertThat(largest).isGreaterThan(1e-2);
        }
    }

    private static LabelledImages images(ImageShape shape) {
        Random random = new Random(3);
        int[] labels = {0, 1, 1, 0, 1};
        float[] pixels = new float[labels.length * shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return new LabelledImages(shape, pixels, labels);
    }

    private static double slope(Adaptation tuning, LabelledImages support, double[] state, int entry) {
        double width = 1e-6;
        double[] moved = state.clone();
        moved[entry] = state[entry] + width;
        double above = loss(tuning, support, moved);
        moved[entry] = state[entry] - width;
        return (above - loss(tuning, support, moved)) / (2 * width);
    }

    private static double loss(Adaptation tuning, LabelledImages support, double[] state) {
        Transfer.write(state, tuning.state().flat());
        AdaptationGraphs graphs = tuning.graphs();
        Executor forward = tuning.executor("loss", () -> graphs.forward(0, 1, support.count(), DataType.DOUBLE));
        graphs.set("query", support.count()).feed(forward, List.of(support));
        forward.run();
        INDArray outputs = forward.output(AdaptationGraphs.OUTPUTS);
        return graphs.scores(outputs).loss(support.labels());
    }
}
