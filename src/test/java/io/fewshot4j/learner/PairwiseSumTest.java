package io.fewshot4j.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

final class PairwiseSumTest {
    private static final ParameterLayout TWO = ParameterLayout.none().with("weight", 2);

    /** Numbers of very different sizes, so that another order of additions has other bits. */
    private static float[] values(int group) {
        Random random = new Random(group);
        return new float[] {
            (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6))), (float) random.nextGaussian()
        };
    }

    private static MetaGradient gradient(int group) {
        float[] values = values(group);
        return new MetaGradient(3, values[0], values[1], parameters(values), parameters(values[1], values[0]));
    }

    private static Parameters parameters(float... values) {
        Parameters parameters = Parameters.zeros(TWO, DataType.FLOAT);
        for (int i = 0; i < values.length; i++) {
            parameters.flat().putScalar(i, values[i]);
        }
        return parameters;
    }

    /** The first 2^k groups on one side, the others on the other. */
    private static float[] tree(int from, int to) {
        if (to - from == 1) {
            return values(from);
        }
        int left = from + Integer.highestOneBit(to - from - 1);
        return plus(tree(from, left), tree(left, to));
    }

    private static float[] plus(float[] a, float[] b) {
        return new float[] {a[0] + b[0], a[1] + b[1]};
    }

    private static List<Integer> groups(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static void assertMean(MetaGradient mean, float[] sum, int groups) {
        try (mean) {
            assertThat(mean.tasks()).isEqualTo(3 * groups);
            assertThat(mean.gradient().flat().toFloatVector()).containsExactly(sum[0] / groups, sum[1] / groups);
            assertThat(mean.statistics().flat().toFloatVector()).containsExactly(sum[1] / groups, sum[0] / groups);
        }
    }

    @Test
    void the_mean_has_the_bits_of_a_recursive_tree() {
        for (int count = 1; count <= 70; count++) {
            assertMean(PairwiseSum.mean(groups(0, count), PairwiseSumTest::gradient), tree(0, count), count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void subtrees_of_contiguous_ranges_add_up_to_the_same_bits(int machines) {
        for (int count = 1; count <= 70; count++) {
            PairwiseSum whole = new PairwiseSum();
            for (int machine = 0; machine < machines; machine++) {
                PairwiseSum.Range range =
                        new PairwiseSum.Range(count * machine / machines, count * (machine + 1) / machines);
                for (PairwiseSum.Range run : PairwiseSum.subtrees(range)) {
                    PairwiseSum there = PairwiseSum.of(groups(run.from(), run.to()), PairwiseSumTest::gradient);
                    whole.add(PairwiseSum.of(run.to() - run.from(), there.sum()));
                }
            }
            assertMean(whole.mean(), tree(0, count), count);
        }
    }

    @Test
    void a_range_has_as_few_subtrees_as_its_ends_allow() {
        assertThat(PairwiseSum.subtrees(new PairwiseSum.Range(0, 16))).containsExactly(new PairwiseSum.Range(0, 16));
        assertThat(PairwiseSum.subtrees(new PairwiseSum.Range(16, 32))).containsExactly(new PairwiseSum.Range(16, 32));
        assertThat(PairwiseSum.subtrees(new PairwiseSum.Range(10, 21)))
                .containsExactly(
                        new PairwiseSum.Range(10, 12),
                        new PairwiseSum.Range(12, 16),
                        new PairwiseSum.Range(16, 20),
                        new PairwiseSum.Range(20, 21));
    }

    @Test
    void one_after_another_the_numbers_have_other_bits() {
        BinaryOperator<float[]> plus = PairwiseSumTest::plus;
        float[] inTurn =
                groups(0, 70).stream().map(PairwiseSumTest::values).reduce(plus).orElseThrow();

        assertThat(inTurn).isNotEqualTo(tree(0, 70));
    }

    @Test
    void figures_are_summed_by_the_same_tree() {
        double[] losses = new double[21];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = values(i)[0];
        }
        try (MetaGradient mean = PairwiseSum.mean(groups(0, 21), PairwiseSumTest::gradient)) {
            assertThat(mean.loss()).isEqualTo(tree(losses, 0, 21) / 21);
        }
    }

    private static double tree(double[] values, int from, int to) {
        int left = from + Integer.highestOneBit(Math.max(1, to - from - 1));
        return to - from == 1 ? values[from] : tree(values, from, left) + tree(values, left, to);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 21, 32, 63, 70})
    void any_split_into_runs_of_powers_of_two_at_their_multiples_gives_the_same_bits(int count) {
        for (int seed = 0; seed < 50; seed++) {
            List<PairwiseSum> runs = new ArrayList<>();
            Random random = new Random(seed);
            for (int from = 0; from < count; ) {
                int to = Math.min(count, from + length(from, random));
                runs.add(PairwiseSum.of(groups(from, to), PairwiseSumTest::gradient));
                from = to;
            }
            try (PairwiseSum sum = new PairwiseSum()) {
                runs.forEach(sum::add);
                assertMean(sum.mean(), tree(0, count), count);
            }
        }
    }

    /** A power of two that the beginning is a multiple of. */
    private static int length(int from, Random random) {
        int most = from == 0 ? 64 : Integer.lowestOneBit(from);
        return 1 << random.nextInt(Integer.numberOfTrailingZeros(most) + 1);
    }

    @Test
    void there_is_one_partial_sum_for_each_binary_digit_at_most_and_the_others_are_freed() {
        List<MetaGradient> made = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        try (PairwiseSum sum = new PairwiseSum()) {
            for (int i = 0; i < 100; i++) {
                sum.add(PairwiseSum.of(List.of(i), group -> remember(gradient(group), made)));
                held.add(sum.size());
                assertThat(made.stream().filter(PairwiseSumTest::isOpen)).hasSize(sum.size());
            }
        }

        assertThat(held).startsWith(1, 1, 2, 1, 2, 2, 3, 1).allMatch(size -> size <= 7);
        assertThat(made).hasSize(100).noneMatch(PairwiseSumTest::isOpen);
    }

    private static MetaGradient remember(MetaGradient gradient, List<MetaGradient> made) {
        made.add(gradient);
        return gradient;
    }

    private static boolean isOpen(MetaGradient gradient) {
        return !gradient.gradient().flat().wasClosed();
    }

    @Test
    void a_group_that_fails_frees_those_before_it() {
        List<MetaGradient> made = new ArrayList<>();
        assertThatThrownBy(() -> PairwiseSum.of(groups(0, 6), group -> {
                    if (group == 5) {
                        throw new IllegalStateException("no memory");
                    }
                    return remember(gradient(group), made);
                }))
                .hasMessage("no memory");

        assertThat(made).hasSize(5).noneMatch(PairwiseSumTest::isOpen);
    }
}
