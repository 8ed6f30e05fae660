package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A head on two features and two classes, worked out by hand. */
final class FineTuningTest {
    private static final double[][] SUPPORT = {{1, 2}, {3, -1}, {0, 1}};
    private static final int[] LABELS = {0, 1, 0};
    private static final double[] QUERY = {2, 0.5};
    private static final double RATE = 0.4;
    private static final double DECAY = 0.5;
    private static final int STEPS = 3;

    private static Model empty() {
        ParameterLayout none = ParameterLayout.none();
        return new Model(Parameters.zeros(none, DataType.DOUBLE), Parameters.zeros(none, DataType.DOUBLE));
    }

    private static Baseline.Settings settings() {
        Baseline.Settings d = new Baseline().defaults();
        return new Baseline.Settings(Classifier.NEW_HEAD, d.distance(), STEPS, RATE, DECAY);
    }

    @Test
    void a_new_head_begins_at_zero_and_takes_decaying_steps_on_the_mean_cross_entropy() {
        double[] flat = {1, 2, 3, -1, 0, 1};
        try (Model model = empty();
                FineTuning tuning = new FineTuning(settings(), Blueprint.ofFeatures(2), 2, model);
                INDArray support = Batch.rows(DataType.DOUBLE, flat, 2);
                INDArray labels = Batch.oneHot(DataType.DOUBLE, LABELS, 2);
                INDArray query = Batch.rows(DataType.DOUBLE, QUERY, 2)) {
            Predictions first = tuning.predict(support, labels, query, false);
            Predictions again = tuning.predict(support, labels, query, false);

            for (int step = 0; step <= STEPS; step++) {
                double expected = byHand(step);
                assertThat(first.byStep().get(step).probability(0, 0)).isCloseTo(expected, within(1e-9));
                assertThat(again.byStep().get(step).probability(0, 0)).isCloseTo(expected, within(1e-9));
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
}
