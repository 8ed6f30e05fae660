package io.fewshot4j.nn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.nn.ImageEncoding;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DeepLearning4J's network of a Conv4 answers as this library's graph of it. */
final class DeepNetworksTest {
    private static final ImageShape IMAGE = new ImageShape(28, 36, 3);
    private static final int IMAGES = 5;
    private static final int CLASSES = 4;

    private static Conv4 network(
            Conv4.Downsampling pooling, Conv4.Head head, ConvGeometry.Padding padding, boolean gain) {
        return new Conv4(IMAGE, 3, pooling, head, padding, gain, 1e-3);
    }

    private static Conv4 small() {
        return network(Conv4.Downsampling.STRIDE, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH, true);
    }

    private static Parameters parameters(ParameterLayout layout, DataType type) {
        Parameters parameters = Parameters.zeros(layout, type);
        Initialisation.normal(parameters.flat(), 0, 0.5, new Random(1));
        return parameters;
    }

    /** Positive: variances are among them. */
    private static Parameters statistics(Conv4 network, DataType type) {
        Parameters statistics = Parameters.zeros(network.statisticsLayout(), type);
        Initialisation.uniform(statistics.flat(), 0.5, 1.5, new Random(2));
        return statistics;
    }

    private static float[] pixels() {
        Random random = new Random(2);
        float[] pixels = new float[IMAGES * IMAGE.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }

    /** [n, channels, height, width]. */
    private static INDArray images(DataType type) {
        return Nd4j.createFromArray(pixels())
                .reshape('c', IMAGES, IMAGE.height(), IMAGE.width(), IMAGE.channels())
                .permute(0, 3, 1, 2)
                .castTo(type)
                .dup('c');
    }

    @ParameterizedTest
    @CsvSource({
        "STRIDE, FLATTEN, TORCH, true, DOUBLE",
        "STRIDE, MEAN, TENSORFLOW, true, DOUBLE",
        "MAX_POOL, FLATTEN, TORCH, false, DOUBLE",
        "MAX_POOL_SAME, FLATTEN, TENSORFLOW, true, DOUBLE",
        "MAX_POOL, FLATTEN, TORCH, true, FLOAT",
    })
    void it_answers_as_the_graph_and_so_does_its_zip(
            Conv4.Downsampling pooling,
            Conv4.Head head,
            ConvGeometry.Padding padding,
            boolean gain,
            DataType type,
            @TempDir Path folder)
            throws IOException {
        Conv4 network = network(pooling, head, padding, gain);
        File zip = folder.resolve("conv4.zip").toFile();
        double[] expected;
        try (Parameters parameters = parameters(new Headed(network, CLASSES).layout(), type);
                Parameters statistics = statistics(network, type)) {
            MultiLayerNetwork deep = DeepNetworks.classifier(network, parameters, statistics);
            expected = probabilities(network, parameters, statistics);
            requireAnswer(deep, type, expected);
            ModelSerializer.writeModel(deep, zip, false);
        }
        requireAnswer(ModelSerializer.restoreMultiLayerNetwork(zip), type, expected);
    }

    private static void requireAnswer(MultiLayerNetwork deep, DataType type, double[] expected) {
        assertThat(Transfer.read(deep.output(images(type))))
                .containsExactly(expected, within(type == DataType.DOUBLE ? 1e-9 : 1e-5));
    }

    private static double[] probabilities(Conv4 network, Parameters parameters, Parameters statistics) {
        Graph graph = new Graph();
        ImageEncoding encoding = network.encoding(1);
        Value input = graph.input("images", IMAGES * encoding.rows(), encoding.columns());
        Value logits = new Headed(network, CLASSES)
                .forward(
                        graph.inputs(parameters.layout()),
                        input,
                        IMAGES,
                        BatchNorm.running(graph.inputs(statistics.layout())));
        Program program = Program.of(
                Map.of("answers", Ops.softmax(logits)), parameters.flat().dataType());
        Map<String, INDArray> arrays = new HashMap<>();
        parameters.names().forEach(name -> arrays.put(name, parameters.get(name)));
        statistics.names().forEach(name -> arrays.put(name, statistics.get(name)));
        try (Executor executor = Executor.of(program, arrays)) {
            float[] ofImage = new float[encoding.rows() * encoding.columns()];
            for (int image = 0; image < IMAGES; image++) {
                encoding.encode(pixels(), image, ofImage);
                Transfer.write(ofImage, executor.input("images"), (long) image * ofImage.length);
            }
            executor.run();
            return Transfer.read(executor.output("answers"));
        }
    }

    @Test
    void features_are_the_last_maps_before_the_head() {
        Conv4 network = small();
        try (Parameters parameters = parameters(new Headed(network, CLASSES).layout(), DataType.DOUBLE);
                Parameters statistics = statistics(network, DataType.DOUBLE)) {
            MultiLayerNetwork features = DeepNetworks.features(network, parameters, statistics);
            MultiLayerNetwork classifier = DeepNetworks.classifier(network, parameters, statistics);
            INDArray maps = features.output(images(DataType.DOUBLE));

            assertThat(maps.shape()).containsExactly(IMAGES, 3, 2, 3);
            int last = features.getnLayers();
            assertThat(maps)
                    .isEqualTo(classifier.feedForward(images(DataType.DOUBLE)).get(last));
        }
    }

    @Test
    void what_is_missing_is_named() {
        Conv4 network = small();
        try (Parameters parameters = parameters(network.layout(), DataType.FLOAT);
                Parameters statistics = statistics(network, DataType.FLOAT);
                Parameters none = Parameters.zeros(ParameterLayout.none(), DataType.FLOAT)) {
            assertThatThrownBy(() -> DeepNetworks.classifier(network, parameters, statistics))
                    .isInstanceOf(FewShotException.class)
                    .hasMessage("parameters must have a linear head fc.weight and fc.bias, got none;"
                            + " take the features instead");
            assertThatThrownBy(() -> DeepNetworks.features(network, parameters, none))
                    .isInstanceOf(FewShotException.class)
                    .hasMessage("statistics must be running means and variances, got none;"
                            + " train by a learner that keeps them, such as baseline or protonet");
            assertThatThrownBy(() -> DeepNetworks.features(network, none, statistics))
                    .hasMessageStartingWith("no parameter is called ");
        }
    }
}
