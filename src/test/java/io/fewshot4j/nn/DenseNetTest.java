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

final class DenseNetTest {
    private static final double EPSILON = 0.01;

    private static DenseNet network(boolean norm, boolean gain, Integer... hidden) {
        return new DenseNet(new ImageShape(2, 2, 3), List.of(hidden), HeadInit.GLOROT, norm, gain, EPSILON);
    }

    @Test
    void each_layer_has_weights_and_a_bias_and_then_its_normalisation() {
        assertThat(network(true, true, 5, 4).layout().entries())
                .extracting(entry -> entry.name() + " " + entry.shape())
                .containsExactly(
                        "fc0.weight [12, 5]",
                        "fc0.bias [5]",
                        "bn0.weight [5]",
                        "bn0.bias [5]",
                        "fc1.weight [5, 4]",
                        "fc1.bias [4]",
                        "bn1.weight [4]",
                        "bn1.bias [4]");
        assertThat(network(true, false, 5).layout().shapes().keySet())
                .containsExactly("fc0.weight", "fc0.bias", "bn0.bias");
        assertThat(network(false, true, 5).layout().shapes().keySet()).containsExactly("fc0.weight", "fc0.bias");
    }

    @Test
    void normalised_layers_have_running_statistics() {
        assertThat(network(true, true, 5, 4).statisticsLayout().entries())
                .extracting(entry -> entry.name() + " " + entry.shape())
                .containsExactly("bn0.mean [5]", "bn0.variance [5]", "bn1.mean [4]", "bn1.variance [4]");
        assertThat(network(false, true, 5, 4).statisticsLayout().entries()).isEmpty();
    }

    @Test
    void it_has_a_feature_for_each_unit_of_the_last_layer() {
        DenseNet network = network(true, false, 5, 4);

        assertThat(network.features()).isEqualTo(4);
        assertThat(NetworkValues.features(network, new Graph(), 3).shape()).isEqualTo(new Shape(3, 4));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, false"})
    void features_are_what_plain_arithmetic_gives(boolean norm, boolean gain) {
        NetworkValues given = new NetworkValues(network(norm, gain, 5, 4), 3);

        PlainMaps x = new PlainMaps(3, 1, 1, 12, given.get("x"));
        for (int layer = 0; layer < 2; layer++) {
            int units = layer == 0 ? 5 : 4;
            double[] bias = given.get("fc" + layer + ".bias");
            double[] sums = x.convolve(given.get("fc" + layer + ".weight"), 1, units).values;
            Arrays.setAll(sums, i -> sums[i] + bias[i % units]);
            x = new PlainMaps(3, 1, 1, units, sums);
            if (norm) {
                double[] ones = new double[units];
                Arrays.fill(ones, 1);
                x = x.normalize(
                        gain ? given.get("bn" + layer + ".weight") : ones, given.get("bn" + layer + ".bias"), EPSILON);
            }
            x = x.map(value -> Math.max(value, 0));
        }

        assertThat(given.features()).containsExactly(x.values, within(1e-12));
    }

    @Test
    void first_weights_are_as_set_and_first_gains_1() {
        DenseNet network = network(true, true, 500);
        Parameters parameters = Parameters.zeros(network.layout(), DataType.DOUBLE);
        network.initialise(parameters, new Random(1));

        double limit = Math.sqrt(6.0 / (12 + 500));
        assertThat(Arrays.stream(Transfer.read(parameters.get("fc0.weight")))
                        .map(Math::abs)
                        .max()
                        .orElseThrow())
                .isBetween(0.9 * limit, limit);
        assertThat(Transfer.read(parameters.get("fc0.bias"))).containsOnly(0);
        assertThat(Transfer.read(parameters.get("bn0.weight"))).containsOnly(1);
    }

    @Test
    void layers_must_have_units() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(true, true))
                .withMessage("hidden must have layers of at least 1 unit, got []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(true, true, 3, 0))
                .withMessage("hidden must have layers of at least 1 unit, got [3, 0]");
    }
}
