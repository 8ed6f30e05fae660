package io.fewshot4j.learner.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.nn.KochNet;
import io.fewshot4j.nn.KochSettings;
import io.fewshot4j.options.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two classes of two support images each and two queries, worked out in plain arithmetic. */
final class SiameseTest {
    private static final double[][] SHARES = {{0.5, 0.5, 0, 0}, {0, 0, 0.5, 0.5}};
    private static final double[][] SUPPORT = {{1, 0}, {3, 4}, {-2, 1}, {0, 2}};
    private static final double[][] QUERIES = {{1, 1}, {-1, 0.5}};
    private static final double[][] LABELS = {{1, 0}, {0, 1}};

    private static Metric metric(String settings, int imageSize) {
        Siamese siamese = new Siamese();
        Settings values = Settings.parse(List.of(settings.split(" ")));
        return siamese.metric(
                values.bind(siamese.defaults()), Shapes.of(siamese, imageSize, new EpisodeShape(2, 1, 1)));
    }

    private static Map<String, double[]> answer(String settings) {
        return comparison().answer(metric(settings, 16), SHARES, SUPPORT, QUERIES, LABELS);
    }

    private static Comparison comparison() {
        return new Comparison()
                .weight("similarity.weight", new double[][] {{-0.3}, {-0.7}})
                .weight("similarity.bias", new double[][] {{0.9}});
    }

    /** Probability that a query and a support image are of one class. */
    private static double similarity(int query, int support) {
        double first = Math.abs(QUERIES[query][0] - SUPPORT[support][0]);
        double second = Math.abs(QUERIES[query][1] - SUPPORT[support][1]);
        return Plain.sigmoid(0.9 - 0.3 * first - 0.7 * second);
    }

    @ParameterizedTest
    @CsvSource({"mean", "largest"})
    void a_class_of_two_shots_is_as_similar_as_both_or_as_the_nearer(String shots) {
        double[] logits = Lookup.in(answer("several-shots=" + shots), "logits");

        for (int query = 0; query < 2; query++) {
            for (int label = 0; label < 2; label++) {
                double one = similarity(query, 2 * label);
                double other = similarity(query, 2 * label + 1);
                double expected = shots.equals("mean") ? (one + other) / 2 : Math.max(one, other);
                assertThat(logits[2 * query + label]).isCloseTo(Math.log(expected), within(1e-12));
            }
        }
    }

    /** Three classes of one shot: a pair of one class for every two of two. */
    @ParameterizedTest
    @CsvSource({"true, 0.5, 0.5", "false, 0.33333333333333333, 0.66666666666666667"})
    void pairs_of_two_classes_count_as_much_as_those_of_one_or_by_their_number(
            boolean balanced, double ofSame, double ofDifferent) {
        double same = 0;
        double different = 0;
        for (int query = 0; query < 2; query++) {
            for (int support = 0; support < 3; support++) {
                if (support == query) {
                    same -= Math.log(similarity(query, support)) / 2;
                } else {
                    different -= Math.log(1 - similarity(query, support)) / 4;
                }
            }
        }
        double[][] shares = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double[][] labels = {{1, 0, 0}, {0, 1, 0}};
        Map<String, double[]> answer = comparison()
                .answer(metric("balanced-pairs=" + balanced, 16), shares, Arrays.copyOf(SUPPORT, 3), QUERIES, labels);

        assertThat(Lookup.in(answer, "loss")[0]).isCloseTo(ofSame * same + ofDifferent * different, within(1e-12));
    }

    @Test
    void even_unlikely_pairs_are_ranked() {
        Map<String, double[]> answer = new Comparison()
                .weight("similarity.weight", new double[][] {{-10}, {-10}})
                .weight("similarity.bias", new double[][] {{-1}})
                .answer(metric("several-shots=mean", 16), SHARES, SUPPORT, QUERIES, LABELS);

        assertThat(Lookup.in(answer, "logits")[1]).isCloseTo(-21 - Math.log(2), within(1e-4));
    }

    @Test
    void the_papers_network_has_the_papers_sizes() {
        KochNet koch = KochSettings.published().network(new ImageShape(105, 105, 1));

        assertThat(koch.blocks().outHeight()).isEqualTo(6);
        assertThat(koch.features()).isEqualTo(4096);
        assertThat(koch.layout().entries())
                .extracting(entry -> entry.name() + " " + entry.shape())
                .containsExactly(
                        "conv0.weight [10, 10, 1, 64]",
                        "conv0.bias [64]",
                        "conv1.weight [7, 7, 64, 128]",
                        "conv1.bias [128]",
                        "conv2.weight [4, 4, 128, 128]",
                        "conv2.bias [128]",
                        "conv3.weight [4, 4, 128, 256]",
                        "conv3.bias [256]",
                        "fc.weight [9216, 4096]",
                        "fc.bias [4096]");
    }

    @Test
    void images_too_small_for_the_papers_network_are_refused() {
        assertThatThrownBy(() -> KochSettings.published().network(new ImageShape(28, 28, 1)))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "images must be larger for a network of 4 blocks, got 28x28; resize them or choose a padding");
        assertThatThrownBy(() -> new KochSettings(64, 0).network(new ImageShape(105, 105, 1)))
                .hasMessage("koch-features must be at least 1, got 0");
    }
}
