package io.fewshot4j.learner.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.options.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two classes, of two support images and of one, and two queries: worked out in plain arithmetic. */
final class MatchingTest {
    private static final double[][] SHARES = {{0.5, 0.5, 0}, {0, 0, 1}};
    private static final double[][] SUPPORT = {{1, 0}, {3, 4}, {-2, 1}};
    private static final double[][] QUERIES = {{1, 1}, {-1, 0.5}};
    private static final double[][] LABELS = {{1, 0}, {0, 1}};
    private static final double[][] COSINES = {
        {1 / Math.sqrt(2), 7 / (5 * Math.sqrt(2)), -1 / Math.sqrt(10)},
        {-1 / Math.sqrt(1.25), -1 / (5 * Math.sqrt(1.25)), 1}
    };

    private static Metric metric(String settings) {
        Matching matching = new Matching();
        Settings values = Settings.parse(List.of(("filters=2 " + settings).split(" ")));
        return matching.metric(
                values.bind(matching.defaults()), Shapes.of(matching, 16, new EpisodeShape(2, 1, 1), "filters=2"));
    }

    private static Map<String, double[]> answer(String settings) {
        return new Comparison().answer(metric(settings), SHARES, SUPPORT, QUERIES, LABELS);
    }

    @ParameterizedTest
    @CsvSource({"1", "2.5"})
    void a_class_has_the_attention_that_its_support_images_have(double sharpness) {
        double[] first = Plain.softmax(Plain.scaled(COSINES[0], sharpness));
        double[] second = Plain.softmax(Plain.scaled(COSINES[1], sharpness));
        Map<String, double[]> answer = answer("sharpness=" + sharpness);

        assertThat(Lookup.in(answer, "logits"))
                .containsExactly(
                        new double[] {
                            Math.log(first[0] + first[1]),
                            Math.log(first[2]),
                            Math.log(second[0] + second[1]),
                            Math.log(second[2])
                        },
                        within(1e-7));
        assertThat(Lookup.in(answer, "loss")[0])
                .isCloseTo(-(Math.log(first[0] + first[1]) + Math.log(second[2])) / 2, within(1e-7));
    }

    @Test
    void probabilities_below_the_clamp_count_as_it() {
        Map<String, double[]> answer = answer("sharpness=100");

        assertThat(Lookup.in(answer, "logits")[1]).isCloseTo(Math.log(1e-8), within(1e-7));
    }

    @Test
    void sums_of_cosines_may_be_the_logits() {
        Map<String, double[]> answer = answer("sharpness=3 scoring=cosine-sums");
        double[] first = {3 * (COSINES[0][0] + COSINES[0][1]), 3 * COSINES[0][2]};
        double[] second = {3 * (COSINES[1][0] + COSINES[1][1]), 3 * COSINES[1][2]};

        assertThat(Lookup.in(answer, "logits"))
                .containsExactly(new double[] {first[0], first[1], second[0], second[1]}, within(1e-7));
        assertThat(Lookup.in(answer, "loss")[0])
                .isCloseTo(-(Math.log(Plain.softmax(first)[0]) + Math.log(Plain.softmax(second)[1])) / 2, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"ADDED, 1", "ADDED, 3", "CONCATENATED, 1", "CONCATENATED, 3"})
    void full_context_reads_the_support_set_in_steps(FullContext.Reading reading, int steps) {
        FullContext context = new FullContext(2, steps, reading);
        Comparison comparison = new Comparison();
        boolean beside = reading == FullContext.Reading.CONCATENATED;
        Plain.Lstm forwards = lstm(comparison, "forwards", 2, 1);
        Plain.Lstm backwards = lstm(comparison, "backwards", 2, 2);
        Plain.Lstm reader = lstm(comparison, "reader", beside ? 4 : 2, 3);
        Value support =
                context.support(comparison.weights(), comparison.graph(), comparison.matrix("support", SUPPORT));
        Value query =
                context.query(comparison.weights(), comparison.graph(), comparison.matrix("query", QUERIES), support);
        Map<String, double[]> results = comparison.run(Map.of("support", support, "query", query));

        double[][] expected = inContext(forwards, backwards);
        assertThat(Lookup.in(results, "support")).containsExactly(Plain.flat(expected), within(1e-12));
        assertThat(Lookup.in(results, "query"))
                .containsExactly(
                        Plain.flat(Arrays.stream(QUERIES)
                                .map(row -> reads(reader, row, expected, steps, beside))
                                .toArray(double[][]::new)),
                        within(1e-12));
    }

    private static Plain.Lstm lstm(Comparison comparison, String name, int inputs, long seed) {
        Random random = new Random(seed);
        Plain.Lstm lstm =
                new Plain.Lstm(Plain.random(random, inputs, 8), Plain.random(random, 2, 8), Plain.random(random, 1, 8));
        comparison
                .weight(name + ".input", lstm.input)
                .weight(name + ".hidden", lstm.hidden)
                .weight(name + ".bias", lstm.bias);
        return lstm;
    }

    /** Each support image plus the hidden states there of a pass from the first image on and of one from the last. */
    private static double[][] inContext(Plain.Lstm forwards, Plain.Lstm backwards) {
        double[][] before = states(forwards, List.of(0, 1, 2));
        double[][] after = states(backwards, List.of(2, 1, 0));
        return IntStream.range(0, 3)
                .mapToObj(i -> Plain.sum(SUPPORT[i], Plain.sum(before[i], after[2 - i])))
                .toArray(double[][]::new);
    }

    private static double[][] states(Plain.Lstm lstm, List<Integer> order) {
        List<double[]> states = new ArrayList<>();
        double[] h = new double[2];
        double[] c = new double[2];
        for (int image : order) {
            double[][] next = lstm.step(SUPPORT[image], h, c);
            h = next[0];
            c = next[1];
            states.add(h);
        }
        return states.toArray(double[][]::new);
    }

    /** The first read is the plain mean of the support set. */
    private static double[] reads(Plain.Lstm lstm, double[] query, double[][] support, int steps, boolean beside) {
        double[] h = new double[2];
        double[] c = new double[2];
        for (int step = 0; step < steps; step++) {
            double[] state = h;
            double[] shares = step == 0
                    ? new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}
                    : Plain.softmax(Arrays.stream(support)
                            .mapToDouble(row -> row[0] * state[0] + row[1] * state[1])
                            .toArray());
            double[] read = new double[2];
            for (int i = 0; i < 3; i++) {
                read = Plain.sum(read, Plain.scaled(support[i], shares[i]));
            }
            double[][] next = beside
                    ? lstm.step(new double[] {query[0], query[1], read[0], read[1]}, h, c)
                    : lstm.step(query, Plain.sum(h, read), c);
            h = Plain.sum(next[0], query);
            c = next[1];
        }
        return h;
    }

    @Test
    void impossible_settings_are_refused() {
        assertThatThrownBy(() -> metric("sharpness=0"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("sharpness must be above 0, got 0.0");
        assertThatThrownBy(() -> metric("read-steps=0")).hasMessage("read-steps must be at least 1, got 0");
    }
}
