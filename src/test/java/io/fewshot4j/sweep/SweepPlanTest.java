package io.fewshot4j.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.options.Settings;
import io.fewshot4j.options.SettingsFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trials as a file asks for them. */
final class SweepPlanTest {
    private static SweepPlan plan(String... lines) {
        return SweepPlan.of(SettingsFile.parse("preset: demo\n" + String.join("\n", lines) + "\n", "f.yaml"));
    }

    private static List<String> values(SweepPlan plan, String key) {
        return plan.trials().stream().map(trial -> trial.get(key).orElseThrow()).toList();
    }

    @Test
    void a_grid_has_every_combination() {
        SweepPlan plan = plan("filters: 16 | 32", "inner-learning-rate: 0.01 to 1, log, 3 values", "iterations: 200");

        assertThat(plan.trials()).hasSize(6);
        assertThat(values(plan, "filters")).containsExactly("16", "16", "16", "32", "32", "32");
        assertThat(values(plan, "inner-learning-rate")).containsExactly("0.01", "0.1", "1", "0.01", "0.1", "1");
        assertThat(plan.experiment(plan.trials().get(4)).settings().get("inner-learning-rate"))
                .contains("0.1");
        assertThat(plan.experiment(plan.trials().get(4)).training().iterations())
                .isEqualTo(200);
    }

    @Test
    void a_range_of_whole_numbers_has_them_all_in_a_grid() {
        assertThat(values(plan("inner-steps: 1 to 4"), "inner-steps")).containsExactly("1", "2", "3", "4");
        assertThat(values(plan("filters: 8 to 64, log, 4 values"), "filters")).containsExactly("8", "16", "32", "64");
    }

    @Test
    void random_values_cover_their_range_by_ratio_on_a_log_scale() {
        SweepPlan plan = plan("search: random", "trials: 400", "inner-learning-rate: 0.01 to 1, log");

        List<Double> drawn = values(plan, "inner-learning-rate").stream()
                .map(Double::valueOf)
                .toList();
        assertThat(drawn).allSatisfy(value -> assertThat(value).isBetween(0.01, 1.0));
        assertThat(drawn.stream().filter(value -> value < 0.1).count()).isBetween(170L, 230L);
    }

    @Test
    void random_whole_numbers_are_equally_likely_and_both_ends_are_drawn() {
        SweepPlan plan = plan("search: random", "trials: 600", "inner-steps: 1 to 3", "seed: 0 to 1000000");

        assertThat(values(plan, "inner-steps").stream().filter("1"::equals).count())
                .isBetween(160L, 240L);
        assertThat(values(plan, "inner-steps").stream().filter("3"::equals).count())
                .isBetween(160L, 240L);
    }

    @Test
    void fewer_trials_are_the_first_of_more_and_another_seed_draws_others() {
        String range = "inner-learning-rate: 0.01 to 1";
        List<Settings> ten = plan("search: random", "trials: 10", range).trials();

        assertThat(plan("search: random", "trials: 20", range).trials()).startsWith(ten.toArray(Settings[]::new));
        assertThat(plan("search: random", "trials: 10", "search-seed: 2", range).trials())
                .isNotEqualTo(ten);
        assertThat(ten).doesNotHaveDuplicates();
    }

    @Test
    void learners_with_settings_of_their_own_may_be_searched() {
        SweepPlan plan = plan("learner: maml | protonet");

        assertThat(plan.trials().stream().map(trial -> plan.experiment(trial).learnerName()))
                .containsExactly("maml", "protonet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "iterations: 5; a sweep must search at least one setting, got none; give one several values,"
                        + " such as filters: 16 | 32 or inner-learning-rate: 0.01 to 1, log",
                "filters: 16 | 16; filters must have different values with | between, such as 16 | 32, got \"16 | 16\"",
                "filters: 16 |; filters must have different values with | between, such as 16 | 32, got \"16 |\"",
                "filters: 0 | 16; filters must be at least 1, got 0",
                "filtres: 1 to 5; there is no setting filtres; did you mean filters?",
                "filtres: 1 | 5; there is no setting filtres; did you mean filters?",
                "inner-learning-rate: 1 to 0.1; the range of inner-learning-rate must go up, from the smaller number to"
                        + " the larger, got 1 to 0.1",
                "inner-learning-rate: 0 to 1, log; the range of inner-learning-rate must begin above 0 on a log scale,"
                        + " got 0 to 1",
                "inner-learning-rate: 0.1 to 1 log; the range of inner-learning-rate must be such as 0.001 to 0.1, log,"
                        + " 5 values (log and values may be left out), got \"0.1 to 1 log\"",
                "inner-learning-rate: 0.1 to 1; the range of inner-learning-rate must say how many values a grid has, as"
                        + " in 0.1 to 1, 5 values; or set search: random",
                "inner-learning-rate: 0.1 to 1, 1 values; the range of inner-learning-rate must have at least 2 values,"
                        + " got 1",
                "filters: 1.5 to 3; the range of filters must have whole numbers at its ends, got 1.5 to 3",
                "pooling: 1 to 2; pooling must be searched by choices such as a | b, for it is one of stride, max-pool,"
                        + " max-pool-same, got \"1 to 2\"",
                "iterations: 100 | 200; iterations must be the same in all trials, which are compared by validation, got"
                        + " 100 and 200",
                "way: 2 | 5; the shape of test episodes must be the same in all trials, which are compared by"
                        + " validation, got 2-way 1-shot, 2 query images per class",
                "seed: 1 to 9999, 9999 values\\nshot: 1 | 2; a grid must have at most 10000 trials, got more with shot;"
                        + " give fewer values, or set search: random",
            })
    void a_wrong_search_is_told(String lines, String message) {
        assertThatThrownBy(() -> plan(lines.replace("\\n", "\n")))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "search: random; trials must be from 1 to 10000 in a random search, got 0",
                "trials: 5; trials must be left out of a grid, which has its combinations, got 5; or set search: random",
                "search: walk; search must be one of grid, random, got \"walk\"",
                "reduction: 1; reduction must be at least 2, got 1",
                "first-iterations: 50; first-iterations must be a multiple of validate-every 100, got 50",
                "validate-every: 0; a sweep must have validation, by which trials are compared, got none;",
                "search: random\\ntrials: 3; trials must be at most 2, as many different ones as a random search found,"
                        + " got 3; lower it, or set search: grid",
            })
    void a_wrong_way_to_search_is_told(String lines, String message) {
        assertThatThrownBy(() -> plan(lines.replace("\\n", "\n"), "filters: 8 | 16"))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void a_sweep_without_a_preset_is_told() {
        assertThatThrownBy(() -> SweepPlan.of(Settings.parse(List.of("filters=8 | 16"))))
                .isInstanceOf(FewShotException.class)
                .hasMessage("a sweep must name its preset, got none; add preset: NAME");
    }
}
