package io.fewshot4j.learner.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.options.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prototypes (2, 2) of two shots and (-2, 1) of one; queries (1, 1) and (-1, 0.5). */
final class ProtoNetTest {
    @ParameterizedTest
    @CsvSource({"squared-euclidean", "cosine"})
    void a_query_belongs_to_the_nearest_mean(String distance) {
        ProtoNet protoNet = new ProtoNet();
        Settings settings = Settings.parse(List.of("distance=" + distance));
        Map<String, double[]> answer = new Comparison()
                .answer(
                        protoNet.metric(
                                settings.bind(protoNet.defaults()), Shapes.of(protoNet, 16, new EpisodeShape(2, 1, 1))),
                        new double[][] {{0.5, 0.5, 0}, {0, 0, 1}},
                        new double[][] {{1, 0}, {3, 4}, {-2, 1}},
                        new double[][] {{1, 1}, {-1, 0.5}},
                        new double[][] {{1, 0}, {0, 1}});
        double[][] expected = distance.equals("cosine")
                ? new double[][] {{1, -1 / Math.sqrt(10)}, {-1 / Math.sqrt(10), 1}}
                : new double[][] {{-2, -9}, {-11.25, -1.25}};
        double[] first = Plain.softmax(expected[0]);
        double[] second = Plain.softmax(expected[1]);

        assertThat(Plain.softmax(new double[] {Lookup.in(answer, "logits")[0], Lookup.in(answer, "logits")[1]}))
                .containsExactly(first, within(1e-7));
        assertThat(Plain.softmax(new double[] {Lookup.in(answer, "logits")[2], Lookup.in(answer, "logits")[3]}))
                .containsExactly(second, within(1e-7));
        assertThat(Lookup.in(answer, "loss")[0])
                .isCloseTo(-(Math.log(first[0]) + Math.log(second[1])) / 2, within(1e-7));
    }
}
