package io.fewshot4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Shape;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

final class ResNet12Test {
    private static final double EPSILON = 0.01;

    private static ResNet12 network(int height, int width, Integer... widths) {
        return new ResNet12(new ImageShape(height, width, 3), List.of(widths), EPSILON);
    }

    @Test
    void a_block_has_three_convolutions_and_a_shortcut_each_with_its_normalisation() {
        assertThat(network(4, 4, 2, 5).layout().entries())
                .extracting(entry -> entry.name() + " " + entry.shape())
                .containsExactly(
                        "block0.conv0.weight [3, 3, 3, 2]",
                        "bn0.weight [2]",
                        "bn0.bias [2]",
                        "block0.conv1.weight [3, 3, 2, 2]",
                        "bn1.weight [2]",
                        "bn1.bias [2]",
                        "block0.conv2.weight [3, 3, 2, 2]",
                        "bn2.weight [2]",
                        "bn2.bias [2]",
                        "block0.shortcut.weight [1, 1, 3, 2]",
                        "bn3.weight [2]",
                        "bn3.bias [2]",
                        "block1.conv0.weight [3, 3, 2, 5]",
                        "bn4.weight [5]",
                        "bn4.bias [5]",
                        "block1.conv1.weight [3, 3, 5, 5]",
                        "bn5.weight [5]",
                        "bn5.bias [5]",
                        "block1.conv2.weight [3, 3, 5, 5]",
                        "bn6.weight [5]",
                        "bn6.bias [5]",
                        "block1.shortcut.weight [1, 1, 2, 5]",
                        "bn7.weight [5]",
                        "bn7.bias [5]");
    }

    @Test
    void every_normalisation_has_running_statistics() {
        assertThat(network(4, 4, 2, 5).statisticsLayout().shapes().keySet())
                .hasSize(2 * 8)
                .startsWith("bn0.mean", "bn0.variance", "bn1.mean")
                .endsWith("bn7.variance");
    }

    @ParameterizedTest
    @CsvSource({"64, 128, 256, 512, 8.0", "64, 160, 320, 640, 12.4"})
    void the_usual_forms_have_8_and_12_million_parameters(int a, int b, int c, int d, double millions) {
        assertThat(network(84, 84, a, b, c, d).layout().length() / 1e6).isCloseTo(millions, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"84, 84", "28, 28", "33, 17", "16, 16"})
    void it_has_a_feature_for_each_channel_of_the_last_block(int height, int width) {
        ResNet12 network = network(height, width, 2, 3, 4, 5);

        assertThat(network.features()).isEqualTo(5);
        assertThat(NetworkValues.features(network, new Graph(), 3).shape()).isEqualTo(new Shape(3, 5));
    }

    @Test
    void features_are_what_plain_arithmetic_gives() {
        ResNet12 network = network(9, 6, 4, 2);
        NetworkValues given = new NetworkValues(network, 3);

        PlainMaps images = new PlainMaps(3, 9, 6, 3, given.get("x"));
        PlainMaps maps = block(given, 1, block(given, 0, images, 4), 2);

        assertThat(maps.height).isEqualTo(2);
        assertThat(maps.width).isEqualTo(1);
        assertThat(given.features()).containsExactly(maps.means(), within(1e-12));
    }

    /** Computes a block in the published order: leaky ReLU before max-pooling. */
    private static PlainMaps block(NetworkValues given, int number, PlainMaps input, int width) {
        PlainMaps x = input;
        for (int i = 0; i < 3; i++) {
            double[] weights = given.get("block" + number + ".conv" + i + ".weight");
            PlainMaps normal = normal(given, 4 * number + i, x.convolve(weights, 3, width));
            x = i < 2 ? normal.map(ResNet12Test::leaky) : normal;
        }
        PlainMaps shortcut = input.convolve(given.get("block" + number + ".shortcut.weight"), 1, width);
        return x.combine(normal(given, 4 * number + 3, shortcut), Double::sum)
                .map(ResNet12Test::leaky)
                .maxPool();
    }

    private static PlainMaps normal(NetworkValues given, int number, PlainMaps maps) {
        return maps.normalize(given.get("bn" + number + ".weight"), given.get("bn" + number + ".bias"), EPSILON);
    }

    private static double leaky(double x) {
        return x > 0 ? x : 0.1 * x;
    }

    @Test
    void first_gains_are_1_and_first_convolutions_are_glorots() {
        ResNet12 network = network(4, 4, 2, 5);
        Parameters parameters = Parameters.zeros(network.layout(), DataType.DOUBLE);
        network.initialise(parameters, new Random(1));

        assertThat(Transfer.read(parameters.get("bn5.weight"))).containsOnly(1);
        assertThat(Transfer.read(parameters.get("bn5.bias"))).containsOnly(0);
        double limit = Math.sqrt(6.0 / (9 * 2 + 9 * 5));
        assertThat(Arrays.stream(Transfer.read(parameters.get("block1.conv0.weight")))
                        .map(Math::abs)
                        .max()
                        .orElseThrow())
                .isBetween(0.9 * limit, limit);
    }

    @Test
    void what_cannot_be_built_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(16, 15, 2, 3, 4, 5))
                .withMessage("image must be at least 16x16 for 4 max-poolings, got 16x15; use larger images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(16, 16))
                .withMessage("widths must have blocks of at least 1 channel, got []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(16, 16, 2, 0))
                .withMessage("widths must have blocks of at least 1 channel, got [2, 0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResNet12Settings(List.of(2), 0))
                .withMessage("batchNormEpsilon must be above 0, got 0.0");
    }
}
