package io.fewshot4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry.Padding;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Shape;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.nn.Conv4.Downsampling;
import io.fewshot4j.nn.Conv4.Head;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Conv4Test {
    private static Conv4 network(int height, int width, Downsampling pooling, Head head, Padding padding) {
        return new Conv4(new ImageShape(height, width, 3), 2, pooling, head, padding, true, 1e-3);
    }

    @ParameterizedTest
    @CsvSource({
        "28, 28, STRIDE, 4",
        "28, 28, MAX_POOL, 1",
        "84, 84, STRIDE, 36",
        "84, 84, MAX_POOL, 25",
        "33, 17, STRIDE, 6",
        "33, 17, MAX_POOL, 2",
        "16, 16, MAX_POOL, 1",
        "1, 1, STRIDE, 1",
        "84, 84, MAX_POOL_SAME, 36",
        "28, 9, MAX_POOL_SAME, 2"
    })
    void each_block_halves_the_images(int height, int width, Downsampling pooling, int positions) {
        requirePositions(network(height, width, pooling, Head.FLATTEN, Padding.TORCH), positions);
        requirePositions(network(height, width, pooling, Head.FLATTEN, Padding.TENSORFLOW), positions);
    }

    @ParameterizedTest
    @CsvSource({"31, 47, STRIDE, 2", "46, 46, MAX_POOL, 1", "84, 84, STRIDE, 16", "84, 84, MAX_POOL, 9"})
    void without_padding_images_lose_their_rims_too(int height, int width, Downsampling pooling, int positions) {
        requirePositions(network(height, width, pooling, Head.FLATTEN, Padding.NONE), positions);
    }

    private static void requirePositions(Conv4 network, int positions) {
        assertThat(network.features()).isEqualTo(2 * positions);
        assertThat(output(network, 3).shape()).isEqualTo(new Shape(3, 2 * positions));
    }

    @Test
    void the_mean_head_has_a_feature_for_each_filter() {
        Conv4 network = network(28, 28, Downsampling.STRIDE, Head.MEAN, Padding.TORCH);

        assertThat(network.features()).isEqualTo(2);
        assertThat(output(network, 3).shape()).isEqualTo(new Shape(3, 2));
    }

    private static Value output(Conv4 network, int images) {
        Graph graph = new Graph();
        Map<String, Value> weights = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            weights.put(entry.name(), graph.input(entry.name(), (int) entry.length() / 2, 2));
        }
        return network.forward(
                weights, new SetInput("x", images, network::encoding, 1).images(graph), images, BatchNorm.batch());
    }

    @Test
    void images_that_vanish_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(28, 15, Downsampling.MAX_POOL, Head.MEAN, Padding.TORCH))
                .withMessage("image must be at least 16x16 for four max-poolings, got 28x15; use pooling stride or"
                        + " larger images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(8, 28, Downsampling.MAX_POOL, Head.MEAN, Padding.TORCH))
                .withMessageContaining("got 8x28");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(28, 8, Downsampling.MAX_POOL_SAME, Head.MEAN, Padding.TORCH))
                .withMessageContaining("at least 9x9 for four max-poolings, got 28x8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(28, 84, Downsampling.STRIDE, Head.MEAN, Padding.NONE))
                .withMessage("image must be at least 31x31 for four strides without padding, got 28x84; use padding"
                        + " torch or larger images");
    }

    @Test
    void a_network_without_filters_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv4(
                        new ImageShape(28, 28, 1), 0, Downsampling.STRIDE, Head.MEAN, Padding.TORCH, false, 1e-3))
                .withMessage("filters must be at least 1, got 0");
    }

    @Test
    void the_layout_names_every_parameter() {
        Conv4 plain =
                new Conv4(new ImageShape(28, 28, 3), 2, Downsampling.STRIDE, Head.MEAN, Padding.TORCH, false, 1e-3);

        assertThat(plain.layout().entries())
                .extracting(ParameterLayout.Entry::name)
                .startsWith("conv0.weight", "bn0.bias", "conv1.weight")
                .hasSize(8);
        assertThat(plain.layout().entries().get(0).shape()).containsExactly(3L, 3L, 3L, 2L);
        assertThat(plain.layout().entries().get(2).shape()).containsExactly(3L, 3L, 2L, 2L);
        assertThat(network(28, 28, Downsampling.STRIDE, Head.MEAN, Padding.TORCH)
                        .layout()
                        .entries())
                .extracting(ParameterLayout.Entry::name)
                .startsWith("conv0.weight", "bn0.weight", "bn0.bias")
                .hasSize(12);
        assertThat(plain.statisticsLayout().entries())
                .extracting(ParameterLayout.Entry::name)
                .startsWith("bn0.mean", "bn0.variance", "bn1.mean")
                .hasSize(8);
    }
}
