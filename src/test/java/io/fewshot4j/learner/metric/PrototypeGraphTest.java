package io.fewshot4j.learner.metric;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.SameBits;
import io.fewshot4j.learner.TaskShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

final class PrototypeGraphTest {
    private static final int IMAGES = 9;
    private static final int WAY = 3;

    @ParameterizedTest
    @CsvSource({"STRIDE, 9, FLOAT", "MAX_POOL, 16, FLOAT", "STRIDE, 8, DOUBLE", "MAX_POOL, 17, DOUBLE"})
    void programs_have_the_sessions_bits(Conv4.Downsampling pooling, int imageSize, DataType type) {
        Conv4 network = new Conv4(
                imageSize, imageSize, 1, 3, pooling, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH, true, 1e-3);

        TaskShape shape = new TaskShape(new ImageShape(imageSize, imageSize, 1), new EpisodeShape(WAY, 1, 2));
        SameBits.require(PrototypeGraph.metaGradient(network, shape, type), 1);
        SameBits.require(PrototypeGraph.metaGradient(network, shape.withTasksPerGraph(2), type), 1);
        SameBits.require(PrototypeGraph.forward(network, IMAGES, WAY, false, type), 2);
        SameBits.require(PrototypeGraph.forward(network, IMAGES, WAY, true, type), 3);
    }
}
