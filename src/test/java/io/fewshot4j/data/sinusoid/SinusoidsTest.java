package io.fewshot4j.data.sinusoid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SinusoidsTest {
    @Test
    void a_task_follows_from_seed_and_index() {
        Sinusoids tasks = new Sinusoids(5, 7, 3);

        assertThat(tasks.task(11)).isEqualTo(new Sinusoids(5, 7, 3).task(11));
        assertThat(tasks.task(11)).isNotEqualTo(tasks.task(12));
        assertThat(tasks.task(11)).isNotEqualTo(new Sinusoids(5, 7, 4).task(11));
    }

    @Test
    void functions_and_inputs_fill_the_papers_ranges_evenly() {
        List<SinusoidTask> tasks =
                LongStream.range(0, 4000).mapToObj(new Sinusoids(2, 1, 1)::task).toList();

        assertThat(tasks).extracting(task -> task.function().amplitude()).allMatch(a -> a >= 0.1 && a < 5);
        assertThat(tasks).extracting(task -> task.function().phase()).allMatch(p -> p >= 0 && p < Math.PI);
        assertThat(mean(tasks.stream().map(t -> t.function().amplitude()).toList()))
                .isBetween(2.48, 2.62);
        assertThat(mean(tasks.stream().map(t -> t.function().phase()).toList())).isBetween(1.52, 1.62);
        List<Double> inputs =
                tasks.stream().flatMap(t -> t.support().x().stream()).toList();
        assertThat(inputs).hasSize(8000).allMatch(x -> x >= -5 && x < 5);
        assertThat(mean(inputs)).isBetween(-0.1, 0.1);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @Test
    void values_are_amplitude_times_the_sine_behind_the_phase() {
        SinusoidTask task = new Sinusoids(3, 2, 1).task(0);
        double a = task.function().amplitude();
        double p = task.function().phase();

        for (Points points : List.of(task.support(), task.query())) {
            for (int i = 0; i < points.count(); i++) {
                assertThat(points.y().get(i)).isEqualTo(a * Math.sin(points.x().get(i) - p));
            }
        }
    }

    @Test
    void support_points_can_lie_on_one_half_alone() {
        Sinusoids right = new Sinusoids(10, 40, 1, 0);

        assertThat(right.task(0).support().x()).allMatch(x -> x >= 0);
        assertThat(right.task(0).query().x()).anyMatch(x -> x < 0);
    }

    @Test
    void points_without_a_value_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Points(List.of(1.0, 2.0), List.of(1.0)))
                .withMessage("points must have a y for each x, got 2 and 1");
    }
}
