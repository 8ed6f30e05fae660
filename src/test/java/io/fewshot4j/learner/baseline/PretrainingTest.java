package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Losses;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** DeepLearning4J's gradient against this library's own graph of the same network. */
final class PretrainingTest {
    private static final int CHANNELS = 3;
    private static final List<String> CLASSES = List.of("a", "b", "c", "d");
    private static final Episode TASK = new Episode(List.of("d", "b"), images(1, 0, 0, 1), images(2, 0, 1, 1));
    private static final int[] LABELS = {3, 3, 1, 3, 1, 1};

    private static LabelledImages images(long seed, int... labels) {
        Random random = new Random(seed);
        ImageShape shape = new ImageShape(16, 16, CHANNELS);
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
                body.image(), Optional.of(body), new Objective.CrossEntropy(), new EpisodeShape(2, 1, 1), 1, CLASSES);
    }

    /** With gains and biases that are no longer 1 and 0. */
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
    void gradient_and_statistics_are_those_of_the_same_network_as_a_graph(
            Conv4.Downsampling pooling, Conv4.Head head, ConvGeometry.Padding padding) {
        Conv4 body = body(pooling, head, padding);
        try (Model model = model(body);
                MetaGradient own = graphGradient(body, model);
                BaselineLearner learner = new BaselineLearner(SETTINGS, shape(body), model);
                MetaGradient theirs = learner.metaGradient(List.of(TASK))) {
            assertThat(theirs.loss()).isCloseTo(own.loss(), within(1e-9));
            assertThat(theirs.accuracy()).isCloseTo(own.accuracy(), within(1e-12));
            requireEqual(theirs.gradient(), own.gradient());
            requireEqual(theirs.statistics(), biased(own.statistics(), pooling));
        }
    }

    /** DeepLearning4J's running variance is the biased one. */
    private static Parameters biased(Parameters statistics, Conv4.Downsampling pooling) {
        int size = pooling == Conv4.Downsampling.STRIDE ? 8 : 16;
        for (int block = 0; block < Conv4.BLOCKS; block++) {
            double values = LABELS.length * Math.pow(size >> block, 2);
            statistics.get("bn" + block + ".variance").muli((values - 1) / values);
        }
        return statistics;
    }

    private static void requireEqual(Parameters actual, Parameters expected) {
        for (String name : expected.names()) {
            assertThat(Transfer.read(actual.get(name)))
                    .as(name)
                    .containsExactly(Transfer.read(expected.get(name)), within(1e-9));
        }
    }

    private static MetaGradient graphGradient(Conv4 body, Model model) {
        int count = LABELS.length;
        try (MetaExecutor meta = new MetaExecutor(() -> program(body, model, count), model, shape(body))) {
            return meta.mean(List.of(TASK), (executor, tasks) -> {
                float[] support = TASK.support().pixels();
                float[] query = TASK.query().pixels();
                float[] all = Arrays.copyOf(support, support.length + query.length);
                System.arraycopy(query, 0, all, support.length, query.length);
                set(body, count)
                        .feed(
                                executor,
                                List.of(new LabelledImages(TASK.support().shape(), all, LABELS)));
            });
        }
    }

    private static SetInput set(Conv4 body, int count) {
        return new SetInput("images", count, body::encoding, CLASSES.size());
    }

    private static Program program(Conv4 body, Model model, int count) {
        Graph graph = new Graph();
        Map<String, Value> weights = graph.inputs(model.parameters().layout());
        BatchNorm.Observing norm = new BatchNorm.Observing();
        Value features = body.forward(weights, set(body, count).images(graph), count, norm);
        Value logits = Ops.add(
                Ops.matmul(features, Objects.requireNonNull(weights.get("fc.weight"))),
                Objects.requireNonNull(weights.get("fc.bias")));
        Value labels = set(body, count).targets(graph);
        return MetaProgram.of(
                graph,
                weights,
                Losses.crossEntropy(logits, labels),
                Optional.of(Losses.accuracy(logits, labels, count)),
                norm.observed(),
                DataType.DOUBLE);
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
            // 4 images, three passes, two operations for each weight at each of 64, 16, 4 and 1 positions, and the head
            double convolutions = 64 * 27 * 3 + (16 + 4 + 1) * 27 * 3;
            assertThat(learner.cost().operations()).isEqualTo(4 * 3 * 2 * (convolutions + 3 * 4 + 4));
            assertThat(learner.cost().bufferBytes()).isPositive();
        }
    }
}
