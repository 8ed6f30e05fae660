package io.fewshot4j.learner.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** One filter, one block and a hidden size of one, so that each layer is a few lines of arithmetic. */
final class MetaNetworksTest {
    private static final int SIZE = 16;
    private static final int HALF = SIZE / 2;
    private static final double WIDTH = 1e-5;
    private static final TaskShape SHAPE = Shapes.of(new MetaNetworks(), SIZE, new EpisodeShape(2, 1, 1));
    private static final Episode TASK = new Episode(List.of("a", "b"), images(1), images(2));

    private static LabelledImages images(int seed) {
        Random random = new Random(seed);
        float[] pixels = new float[2 * SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return new LabelledImages(new ImageShape(SIZE, SIZE, 1), pixels, new int[] {0, 1});
    }

    private static MetaNetworks.Settings settings(String... changes) {
        Settings small = Settings.parse(List.of("filters=1", "blocks=1", "meta-hidden=1", "sharpness=3"));
        return small.with(Settings.parse(List.of(changes))).bind(new MetaNetworks().defaults());
    }

    /** The paper's forward pass in plain arithmetic; gradients of support losses are central differences. */
    private record ByHand(Function<String, double[]> parameters) {
        private static final List<String> LAYERS = List.of("conv0", "hidden", "output");

        List<double[]> slow(String network) {
            return LAYERS.stream()
                    .map(layer -> parameters.apply(network + "." + layer))
                    .toList();
        }

        static double[] features(LabelledImages images, int image, double[] kernel) {
            double[] pooled = new double[HALF * HALF];
            for (int row = 0; row < SIZE; row++) {
                for (int column = 0; column < SIZE; column++) {
                    double sum = 0;
                    for (int k = 0; k < 9; k++) {
                        int y = row + k / 3 - 1;
                        int x = column + k % 3 - 1;
                        boolean inside = y >= 0 && y < SIZE && x >= 0 && x < SIZE;
                        sum += inside ? kernel[k] * images.pixels()[image * SIZE * SIZE + y * SIZE + x] : 0;
                    }
                    int cell = row / 2 * HALF + column / 2;
                    pooled[cell] = Math.max(pooled[cell], sum);
                }
            }
            return pooled;
        }

        static double product(double[] a, double[] b) {
            return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
        }

        static double loss(List<double[]> weights, LabelledImages images, int image) {
            double h = Math.max(0, product(features(images, image, weights.get(0)), weights.get(1)));
            return -Math.log(softmax(weights.get(2)[0] * h, weights.get(2)[1] * h)[images.label(image)]);
        }

        static double[] softmax(double... scores) {
            double sum = Arrays.stream(scores).map(Math::exp).sum();
            return Arrays.stream(scores).map(score -> Math.exp(score) / sum).toArray();
        }

        /** Gradient of one layer. */
        static double[] gradient(List<double[]> weights, int layer, int image) {
            double[] w = weights.get(layer);
            double[] gradient = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                double value = w[i];
                w[i] = value + WIDTH;
                double above = loss(weights, TASK.support(), image);
                w[i] = value - WIDTH;
                gradient[i] = (above - loss(weights, TASK.support(), image)) / (2 * WIDTH);
                w[i] = value;
            }
            return gradient;
        }

        static double[] logAndSign(double g) {
            double least = Math.exp(-7);
            return Math.abs(g) > least
                    ? new double[] {Math.log(Math.abs(g)) / 7, Math.signum(g)}
                    : new double[] {-1, g / least};
        }

        /** The embedding's fast weight of a coordinate's gradients, one for each support image. */
        double byLstm(int group, double... gradients) {
            double[] input = parameters.apply("key.meta" + group + ".input");
            double[] hidden = parameters.apply("key.meta" + group + ".hidden");
            double[] bias = parameters.apply("key.meta" + group + ".bias");
            double h = 0;
            double c = 0;
            for (double gradient : gradients) {
                double[] x = logAndSign(gradient);
                double[] gates = new double[4];
                for (int gate = 0; gate < 4; gate++) {
                    gates[gate] = x[0] * input[gate] + x[1] * input[4 + gate] + h * hidden[gate] + bias[gate];
                }
                c = sigmoid(gates[1]) * c + sigmoid(gates[0]) * Math.tanh(gates[2]);
                h = sigmoid(gates[3]) * Math.tanh(c);
            }
            return h * parameters.apply("key.head" + group + ".0.weight")[0]
                    + parameters.apply("key.head" + group + ".0.bias")[0];
        }

        static double sigmoid(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        /** The base learner's fast weight of a coordinate's gradient. */
        double byPerceptron(int group, double gradient) {
            double[] x = logAndSign(gradient);
            double[] first = parameters.apply("base.meta" + group + ".0.weight");
            String name = "base.meta" + group + ".";
            double a =
                    Math.max(0, x[0] * first[0] + x[1] * first[1] + parameters.apply(name + "0.bias")[0]);
            double b = Math.max(
                    0, a * parameters.apply(name + "1.weight")[0] + parameters.apply(name + "1.bias")[0]);
            return b * parameters.apply(name + "2.weight")[0] + parameters.apply(name + "2.bias")[0];
        }

        double[] embeddingFast(int layer) {
            List<double[]> slow = slow("key");
            double[] first = gradient(slow, layer, 0);
            double[] second = gradient(slow, layer, 1);
            double[] fast = new double[first.length];
            Arrays.setAll(fast, i -> byLstm(Math.min(layer, 1), first[i], second[i]));
            return fast;
        }

        /** Both convolutions' rectified answers, pooled together. */
        static double[] augmented(LabelledImages images, int image, double[] slow, double[] fast) {
            double[] pooled = new double[HALF * HALF];
            for (int cell = 0; cell < pooled.length; cell++) {
                double best = 0;
                for (int place = 0; place < 4; place++) {
                    int row = cell / HALF * 2 + place / 2;
                    int column = cell % HALF * 2 + place % 2;
                    best = Math.max(best, at(images, image, slow, row, column) + at(images, image, fast, row, column));
                }
                pooled[cell] = best;
            }
            return pooled;
        }

        static double at(LabelledImages images, int image, double[] kernel, int row, int column) {
            double sum = 0;
            for (int k = 0; k < 9; k++) {
                int y = row + k / 3 - 1;
                int x = column + k % 3 - 1;
                boolean inside = y >= 0 && y < SIZE && x >= 0 && x < SIZE;
                sum += inside ? kernel[k] * images.pixels()[image * SIZE * SIZE + y * SIZE + x] : 0;
            }
            return Math.max(0, sum);
        }

        double embedding(LabelledImages images, int image) {
            List<double[]> slow = slow("key");
            double[] features = augmented(images, image, slow.get(0), embeddingFast(0));
            return product(features, slow.get(1)) + product(features, embeddingFast(1));
        }

        double[] probabilities(int query) {
            double q = embedding(TASK.query(), query);
            double[] scores = new double[2];
            for (int i = 0; i < 2; i++) {
                double k = embedding(TASK.support(), i);
                scores[i] = 3 * q * k / Math.sqrt((q * q + 1e-8) * (k * k + 1e-8));
            }
            double[] attention = softmax(scores);
            List<double[]> slow = slow("base");
            List<double[]> fast = IntStream.range(0, 3)
                    .mapToObj(layer -> read(slow, layer, attention))
                    .toList();
            double[] features = augmented(TASK.query(), query, slow.get(0), fast.get(0));
            double h = Math.max(0, product(features, slow.get(1))) + Math.max(0, product(features, fast.get(1)));
            return softmax(h * (slow.get(2)[0] + fast.get(2)[0]), h * (slow.get(2)[1] + fast.get(2)[1]));
        }

        private double[] read(List<double[]> slow, int layer, double... attention) {
            double[] first = gradient(slow, layer, 0);
            double[] second = gradient(slow, layer, 1);
            int group = Math.min(layer, 1);
            double[] fast = new double[first.length];
            Arrays.setAll(
                    fast,
                    i -> attention[0] * byPerceptron(group, first[i]) + attention[1] * byPerceptron(group, second[i]));
            return fast;
        }
    }

    @Test
    void an_episode_agrees_with_plain_arithmetic() {
        try (Model model = new MetaNetworks().initialise(settings(), SHAPE, 1, DataType.DOUBLE);
                Learner learner = new MetaNetworks().create(settings(), SHAPE, model)) {
            for (String name : model.parameters().names()) {
                int length = Math.toIntExact(model.parameters().get(name).length());
                Transfer.write(
                        new Random(name.hashCode()).doubles(length, -0.2, 0.4).toArray(),
                        model.parameters().get(name));
            }
            ByHand expected =
                    new ByHand(name -> Transfer.read(model.parameters().get(name)));
            Scores scores =
                    learner.predict(TASK, BatchStatistics.SUPPORT_AND_ONE_QUERY).last();

            for (int query = 0; query < 2; query++) {
                assertThat(scores.probability(query, 0))
                        .isCloseTo(expected.probabilities(query)[0], within(1e-6))
                        .isNotCloseTo(0.5, within(1e-3));
            }
            double loss = -Math.log(scores.probability(0, 0)) - Math.log(scores.probability(1, 1));
            try (MetaGradient result = learner.metaGradient(List.of(TASK))) {
                assertThat(result.loss()).isCloseTo(loss / 2, within(1e-12));
            }
        }
    }

    @Test
    void first_fast_weights_of_convolutions_are_small() {
        try (Model model = new MetaNetworks().initialise(settings(), SHAPE, 1, DataType.DOUBLE)) {
            assertThat(largest(model, "base.meta0.2.weight")).isBetween(0.0, 0.02);
            assertThat(largest(model, "key.head0.0.weight")).isBetween(0.0, 0.02);
            assertThat(largest(model, "base.meta1.2.weight")).isGreaterThan(0.1);
            assertThat(largest(model, "key.head1.0.weight")).isGreaterThan(0.1);
        }
    }

    private static double largest(Model model, String name) {
        return model.parameters().get(name).amaxNumber().doubleValue();
    }

    @Test
    void settings_that_make_no_network_are_refused() {
        assertThatThrownBy(() -> settings("blocks=0"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("filters, blocks, meta-hidden and embedding-batches must be at least 1, got 1, 0, 1 and 5");
        assertThatThrownBy(() -> settings("sharpness=0"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("sharpness must be above 0, got 0.0");
        assertThatThrownBy(() -> settings("order=3"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("order must be 1 or 2, got 3");
    }
}
