package io.fewshot4j.learner.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One filter, so that an image is one 4x4 map: two classes, of two support images and of one, and two queries. */
final class RelationTest {
    private static final int SIDE = 4;
    private static final double[][] SHARES = {{0.5, 0.5, 0}, {0, 0, 1}};
    private static final double[][] LABELS = {{1, 0}, {0, 1}};

    private final Random random = new Random(1);
    private final double[][] support = Plain.random(random, 3 * SIDE * SIDE, 1);
    private final double[][] queries = Plain.random(random, 2 * SIDE * SIDE, 1);
    private final double[][] convolution = Plain.random(random, 9 * 2, 1);
    private final double[][] convolution2 = Plain.random(random, 9, 1);
    private final double[][] hidden = {{0.8, -0.6}};
    private final double[][] hiddenBias = {{0.1, 0.2}};
    private final double[][] output = {{1.2}, {0.7}};

    private static Metric metric(String settings, int imageSize) {
        Relation relation = new Relation();
        Settings values = Settings.parse(List.of(settings.split(" ")));
        return relation.metric(
                values.bind(relation.defaults()), Shapes.of(relation, imageSize, new EpisodeShape(2, 1, 1)));
    }

    @Test
    void scores_compare_a_query_with_the_sum_of_a_classs_maps() {
        Map<String, double[]> answer = new Comparison()
                .weight("conv4.weight", convolution)
                .weight("bn4.weight", new double[][] {{1.5}})
                .weight("bn4.bias", new double[][] {{0.2}})
                .weight("conv5.weight", convolution2)
                .weight("bn5.weight", new double[][] {{0.5}})
                .weight("bn5.bias", new double[][] {{0.4}})
                .weight("fc0.weight", hidden)
                .weight("fc0.bias", hiddenBias)
                .weight("fc1.weight", output)
                .weight("fc1.bias", new double[][] {{-0.3}})
                .answer(metric("filters=1 relation-units=2", 22), SHARES, support, queries, LABELS);

        double[] scores = scores();
        assertThat(Lookup.in(answer, "logits"))
                .containsExactly(Arrays.stream(scores).map(Math::log).toArray(), within(1e-7));
        double error = 0;
        for (int i = 0; i < 4; i++) {
            error += Math.pow(scores[i] - Plain.flat(LABELS)[i], 2) / 4;
        }
        assertThat(Lookup.in(answer, "loss")[0]).isCloseTo(error, within(1e-9));
    }

    /** Class maps and query maps side by side, through two blocks and two layers. */
    private double[] scores() {
        double[][] classes = {Plain.sum(image(support, 0), image(support, 1)), image(support, 2)};
        double[][] pairs = IntStream.range(0, 4)
                .mapToObj(pair -> beside(classes[pair % 2], image(queries, pair / 2)))
                .toArray(double[][]::new);
        double[][] first = block(pairs, SIDE, 2, convolution, 1.5, 0.2);
        double[][] second = block(first, SIDE / 2, 1, convolution2, 0.5, 0.4);
        return Arrays.stream(second)
                .mapToDouble(map -> {
                    double[] units = Plain.sum(Plain.product(map, hidden), hiddenBias[0]);
                    double[] active =
                            Arrays.stream(units).map(x -> Math.max(0, x)).toArray();
                    return Plain.sigmoid(Plain.product(active, output)[0] - 0.3);
                })
                .toArray();
    }

    private static double[] image(double[][] rows, int number) {
        return Arrays.copyOfRange(Plain.flat(rows), number * SIDE * SIDE, (number + 1) * SIDE * SIDE);
    }

    private static double[] beside(double[] one, double[] other) {
        return IntStream.range(0, 2 * one.length)
                .mapToDouble(i -> i % 2 == 0 ? one[i / 2] : other[i / 2])
                .toArray();
    }

    /** Convolution with a zero on each side, batch normalisation over all pairs, 2x2 maxima, ReLU. */
    private static double[][] block(
            double[][] pairs, int side, int channels, double[][] weights, double gain, double bias) {
        double[][] convolved = Arrays.stream(pairs)
                .map(map -> convolved(map, side, channels, weights))
                .toArray(double[][]::new);
        double[] all = Plain.flat(convolved);
        double mean = Arrays.stream(all).average().orElseThrow();
        double variance =
                Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        return Arrays.stream(convolved)
                .map(map -> Arrays.stream(map)
                        .map(x -> gain * (x - mean) / Math.sqrt(variance + 1e-5) + bias)
                        .toArray())
                .map(map -> pooled(map, side))
                .toArray(double[][]::new);
    }

    private static double[] convolved(double[] map, int side, int channels, double[][] weights) {
        double[] result = new double[side * side];
        for (int i = 0; i < result.length; i++) {
            for (int k = 0; k < 9; k++) {
                int row = i / side + k / 3 - 1;
                int column = i % side + k % 3 - 1;
                if (row >= 0 && row < side && column >= 0 && column < side) {
                    for (int channel = 0; channel < channels; channel++) {
                        result[i] +=
                                weights[k * channels + channel][0] * map[(row * side + column) * channels + channel];
                    }
                }
            }
        }
        return result;
    }

    private static double[] pooled(double[] map, int side) {
        double[] result = new double[side * side / 4];
        for (int i = 0; i < map.length; i++) {
            int target = i / side / 2 * (side / 2) + i % side / 2;
            result[target] = Math.max(result[target], map[i]);
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource({"28, torch, 5, 64", "84, none, 19, 576"})
    void maps_have_the_published_sizes(int imageSize, String padding, int side, long features) {
        Metric metric = metric("relation-padding=" + padding, imageSize);

        assertThat(metric.embedding().features()).isEqualTo(64 * side * side);
        assertThat(metric.layout().entries())
                .contains(new ParameterLayout.Entry("conv4.weight", List.of(3L, 3L, 128L, 64L), Role.CONVOLUTION))
                .contains(new ParameterLayout.Entry("fc0.weight", List.of(features, 8L), Role.DENSE));
    }

    @Test
    void support_images_and_queries_pass_apart_from_each_other() {
        assertThat(metric("filters=1", 22).oneBatch()).isFalse();
    }

    @Test
    void images_too_small_are_refused() {
        assertThatThrownBy(() -> metric("filters=1", 20))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "images must be larger for a network of 2 blocks, got 3x3; resize them or choose a padding");
        assertThatThrownBy(() -> metric("relation-units=0", 28))
                .hasMessage("filters and relation-units must be at least 1, got 64 and 0");
    }
}
