package io.fewshot4j.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.SeededShuffle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trials that go on, with scores that are given. */
final class HalvingTest {
    private static final Halving HALVING = new Halving(27, List.of(100L, 300L, 900L), 3);

    /** Score of a trial at a rung: of four values only, so that there are ties, and -infinity at times. */
    private static double score(int trial, int rung, long seed) {
        int draw = new Random(seed * 7919 + trial * 31L + rung).nextInt(5);
        return draw == 4 ? Double.NEGATIVE_INFINITY : draw / 4.0;
    }

    /** Finishes due trials in an order that a seed draws, several being under way at a time. */
    private static List<List<Double>> finish(Halving halving, long seed, long order) {
        List<List<Double>> scores = new ArrayList<>(IntStream.range(0, halving.trials())
                .mapToObj(i -> List.<Double>of())
                .toList());
        for (List<Integer> due = halving.due(scores); !due.isEmpty(); due = halving.due(scores)) {
            int trial = SeededShuffle.of(due, order + due.size()).get(0);
            List<Double> more = new ArrayList<>(scores.get(trial));
            more.add(score(trial, more.size(), seed));
            scores.set(trial, more);
        }
        return scores;
    }

    @Test
    void a_third_goes_on_from_rung_to_rung() {
        List<List<Double>> scores = finish(HALVING, 1, 0);

        assertThat(IntStream.rangeClosed(1, 3)
                        .mapToLong(rung ->
                                scores.stream().filter(s -> s.size() >= rung).count()))
                .containsExactly(27L, 9L, 3L);
        assertThat(HALVING.iterations()).isEqualTo(27 * 100 + 9 * 200 + 3 * 600);
    }

    @Test
    void the_best_of_a_rung_go_on_and_equal_ones_by_number() {
        Halving halving = new Halving(4, List.of(1L, 2L), 2);

        assertThat(halving.due(List.of(List.of(0.5), List.of(0.9), List.of(0.5), List.of(0.1))))
                .containsExactly(0, 1);
    }

    @Test
    void a_trial_goes_on_before_its_rung_is_full_only_where_no_other_could_take_its_place() {
        Halving halving = new Halving(4, List.of(1L, 2L), 2);

        assertThat(halving.due(List.of(List.of(0.5), List.of(0.9), List.of(0.4), List.of())))
                .as("trial 3 may still come second, not first and second")
                .containsExactly(1, 3);
    }

    @Test
    void the_order_in_which_trials_finish_changes_nothing() {
        for (long seed = 0; seed < 20; seed++) {
            List<List<Double>> inOrder = finish(HALVING, seed, 0);
            for (long order = 1; order <= 20; order++) {
                assertThat(finish(HALVING, seed, order)).as("seed %d", seed).isEqualTo(inOrder);
            }
        }
    }

    @Test
    void without_rungs_every_trial_is_trained_to_its_end() {
        Halving all = Halving.of(5, SweepSettings.defaults(), 900);

        assertThat(all.rungs()).containsExactly(900L);
        assertThat(all.iterations()).isEqualTo(4500);
    }

    @Test
    void rungs_grow_by_the_reduction_and_end_with_the_last_iteration() {
        SweepSettings settings = new SweepSettings(SweepSettings.Search.GRID, 0, 1, 100, 4);

        assertThat(Halving.of(5, settings, 2000).rungs()).containsExactly(100L, 400L, 1600L, 2000L);
        assertThat(Halving.of(5, settings, 1600).rungs()).containsExactly(100L, 400L, 1600L);
        assertThat(Halving.of(5, settings, 100).rungs()).containsExactly(100L);
    }

    @Test
    void those_that_came_furthest_rank_first_then_by_score() {
        assertThat(Halving.ranking(
                        List.of(List.of(0.9), List.of(0.5, 0.6), List.of(), List.of(0.5, 0.7), List.of(0.9))))
                .containsExactly(3, 1, 0, 4, 2);
    }
}
