package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.nn.export.DeepNetworks;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient against DeepLearning4J's of the same network. */
final class PretrainingTest {
    private static final int SIZE = 32;
    private static final int CHANNELS = 3;
    private static final List<String> CLASSES = List.of("a", "b", "c", "d");
    private static final Episode TASK = new Episode(List.of("d", "b"), images(1, 0, 0, 1, 1), images(2, 1, 0));
    private static final int[] LABELS = {3, 3, 1, 1, 1, 3};

    private static LabelledImages images(long seed, int... labels) {
        Random random = new Random(seed);
        ImageShape shape = new ImageShape(SIZE, SIZE, CHANNELS);
        float[] pixels = new float[labels.length * shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return new LabelledImages(shape, pixels, labels);
    }

    private static final Baseline.Settings SETTINGS = new Baseline().defaults();

    private static Conv4 body(Conv4.Downsampling pooling, Conv4.Head head, ConvGeometry.Padding padding) {
        return new Conv4(TASK.support().shape(), 3, pooling, head, padding, true, 1e-3);
    }

    private static TaskShape shape(Conv4 body) {
        return new TaskShape(
                body.image(), Optional.of(body), new Objective.CrossEntropy(), new EpisodeShape(2, 2, 1), 1, CLASSES);
    }

    /** A model with gains and biases that are no longer 1 and 0. */
    private static Model model(Conv4 body) {
        Model model = new Baseline().initialise(SETTINGS, shape(body), 1, DataType.DOUBLE);
        double[] values = Transfer.read(model.parameters().flat());
        Random random = new Random(2);
        Arrays.setAll(values, i -> values[i] + 0.1 * random.nextGaussian());
        Transfer.write(values, model.parameters().flat());
        return model;
    }

    @ParameterizedTest
    @CsvSource({
        "STRIDE, FLATTEN, TORCH",
        "STRIDE, MEAN, TENSORFLOW",
        "MAX_POOL, FLATTEN, TORCH",
        "MAX_POOL, MEAN, TENSORFLOW",
    })
    void gradient_and_statistics_are_those_of_the_same_network_of_deeplearning4j(
            Conv4.Downsampling pooling, Conv4.Head head, ConvGeometry.Padding padding) {
        Conv4 body = body(pooling, head, padding);
        try (Model model = model(body);
                BaselineLearner learner = new BaselineLearner(SETTINGS, shape(body), model);
                MetaGradient own = learner.metaGradient(List.of(TASK))) {
            MultiLayerNetwork theirs = DeepNetworks.classifier(body, model.parameters(), model.statistics());
            theirs.setInput(images());
            theirs.setLabels(Nd4j.eye(CLASSES.size()).castTo(DataType.DOUBLE).getRows(LABELS));
            theirs.computeGradientAndScore();

            assertThat(own.loss()).isCloseTo(theirs.score(), within(1e-9));
            Scores scores = new Scores(CLASSES.size(), Transfer.read(theirs.output(images(), true)));
            assertThat(own.accuracy()).isCloseTo(scores.accuracy(LABELS), within(1e-12));
            requireEqual(own.gradient(), name -> array(body, theirs, name).div(LABELS.length));
            requireEqual(biased(own.statistics(), pooling), name -> seen(body, theirs, model, name));
        }
    }

    /** The batch's images [n, channels, height, width]. */
    private static INDArray images() {
        float[] pixels =
                LabelledImages.joined(List.of(TASK.support(), TASK.query())).pixels();
        return Nd4j.createFromArray(pixels)
                .reshape('c', LABELS.length, SIZE, SIZE, CHANNELS)
                .permute(0, 3, 1, 2)
                .castTo(DataType.DOUBLE)
                .dup('c');
    }

    /** A gradient of DeepLearning4J's, in the order of this library. */
    private static INDArray array(Conv4 body, MultiLayerNetwork network, String name) {
        String theirs = Objects.requireNonNull(DeepNetworks.names(body).get(name));
        INDArray gradient = network.gradient().getGradientFor(theirs);
        if (gradient.rank() == 4) {
            return gradient.permute(2, 3, 1, 0);
        }
        long positions = body.features() / body.filters();
        return name.equals("fc.weight")
                ? gradient.reshape('c', body.filters(), positions, CLASSES.size())
                        .permute(1, 0, 2)
                : gradient;
    }

    /** The batch's statistics: DeepLearning4J takes a share of the difference from the running ones. */
    private static INDArray seen(Conv4 body, MultiLayerNetwork network, Model model, String name) {
        double share = 0.1;
        INDArray difference = array(body, network, name).reshape(body.filters()).div(share);
        return model.statistics().get(name).sub(difference);
    }

    /** DeepLearning4J's running variance is the biased one. */
    private static Parameters biased(Parameters statistics, Conv4.Downsampling pooling) {
        int size = pooling == Conv4.Downsampling.STRIDE ? SIZE / 2 : SIZE;
        for (int block = 0; block < Conv4.BLOCKS; block++) {
            double values = LABELS.length * Math.pow(size >> block, 2);
            statistics.get("bn" + block + ".variance").muli((values - 1) / values);
        }
        return statistics;
    }

    private static void requireEqual(Parameters actual, Function<String, INDArray> expected) {
        for (String name : actual.names()) {
            assertThat(Transfer.read(actual.get(name)))
                    .as(name)
                    .containsExactly(Transfer.read(expected.apply(name)), within(1e-9));
        }
    }

    @Test
    void a_class_that_is_not_trained_on_is_refused() {
        Conv4 body = body(Conv4.Downsampling.STRIDE, Conv4.Head.MEAN, ConvGeometry.Padding.TORCH);
        Episode other = new Episode(List.of("a", "e"), TASK.support(), TASK.query());
        try (Model model = model(body);
                BaselineLearner learner = new BaselineLearner(SETTINGS, shape(body), model)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.metaGradient(List.of(other)))
                    .withMessage("a task must be of training classes, got one of e");
        }
    }

    @Test
    void learners_on_two_threads_give_the_bits_of_one() {
        Conv4 body = body(Conv4.Downsampling.STRIDE, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH);
        try (Model model = model(body)) {
            double[] alone = gradient(body, model);
            List<CompletableFuture<double[]>> together = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> gradient(body, model)))
                    .limit(2)
                    .toList();

            assertThat(together)
                    .allSatisfy(gradient -> assertThat(gradient.join()).isEqualTo(alone));
        }
    }

    private static double[] gradient(Conv4 body, Model model) {
        try (BaselineLearner learner = new BaselineLearner(SETTINGS, shape(body), model);
                MetaGradient gradient = learner.metaGradient(List.of(TASK))) {
            return Transfer.read(gradient.gradient().flat());
        }
    }

    @Test
    void it_tells_what_a_batch_takes() {
        Conv4 body = body(Conv4.Downsampling.STRIDE, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH);
        try (Model model = model(body);
                BaselineLearner learner = new BaselineLearner(SETTINGS, shape(body), model)) {
            // 6 images, two operations for each weight at each of 256, 64, 16 and 4 positions, three passes but for the
            // first layer, which needs no gradient of the images
            double convolutions = 2 * 256 * 27 * 3 + 3 * (64 + 16 + 4) * 27 * 3;
            double head = 3 * 4 * 3 * 4;
            double products = 6 * 2 * (convolutions + head);
            // sums are products with ones
            assertThat(learner.cost().operations()).isBetween(products, 1.1 * products);
            assertThat(learner.cost().bufferBytes()).isPositive();
        }
    }
}
