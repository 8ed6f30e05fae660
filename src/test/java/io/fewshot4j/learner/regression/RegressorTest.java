package io.fewshot4j.learner.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.Sinusoid;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.ParticleSettings;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Regressors in double. The golden task has a network without hidden layers, y = w x + b: its steps are worked out by hand. */
final class RegressorTest {
    private static final double RATE = 0.1;
    private static final double W = 0.5;
    private static final double B = -0.25;
    private static final double NOISE = 0.04;
    private static final ParticleSettings TWO = new ParticleSettings(2, 2);
    private static final SinusoidTask GOLDEN = new SinusoidTask(
            new Sinusoid(2, 0.5),
            new Points(List.of(1.0, 2.0), List.of(1.0, -1.0)),
            new Points(List.of(-1.0, 3.0), List.of(0.5, 2.0)));

    private static RegressionSettings linear(RegressionMethod method, int shot, int steps) {
        return new RegressionSettings(method, shot, 2, RATE, steps, 3, List.of(), NOISE, TWO);
    }

    /** A line, its mean squared error at some points and its gradient. */
    private record Line(double w, double b) {
        double loss(Points points) {
            return IntStream.range(0, points.count())
                    .mapToDouble(i -> Math.pow(residual(points, i), 2))
                    .average()
                    .orElseThrow();
        }

        double residual(Points points, int i) {
            return w * points.x().get(i) + b - points.y().get(i);
        }

        Line gradient(Points points) {
            double byW = 0;
            double byB = 0;
            for (int i = 0; i < points.count(); i++) {
                byW += 2 * residual(points, i) * points.x().get(i) / points.count();
                byB += 2 * residual(points, i) / points.count();
            }
            return new Line(byW, byB);
        }

        Line step(Points points) {
            Line gradient = gradient(points);
            return new Line(w - RATE * gradient.w, b - RATE * gradient.b);
        }
    }

    private static MetaGradient golden(RegressionSettings settings) {
        try (Model model = line(settings);
                Regressor regressor = new Regressor(settings, 1, model)) {
            return regressor.metaGradient(List.of(GOLDEN));
        }
    }

    private static Model line(RegressionSettings settings) {
        Model model = Regressor.initialise(settings, 1, DataType.DOUBLE);
        Transfer.write(new double[] {W, B}, model.parameters().flat());
        return model;
    }

    private static void assertGradient(MetaGradient result, double loss, double byW, double byB) {
        try (result) {
            assertThat(result.loss()).isCloseTo(loss, within(1e-6));
            assertThat(result.accuracy()).isNaN();
            double[] gradient = Transfer.read(result.gradient().flat());
            assertThat(gradient[0]).isCloseTo(byW, within(1e-6));
            assertThat(gradient[1]).isCloseTo(byB, within(1e-6));
        }
    }

    @Test
    void fomaml_gives_the_query_gradient_at_the_adapted_weights() {
        Line adapted = new Line(W, B).step(GOLDEN.support());
        Line gradient = adapted.gradient(GOLDEN.query());

        assertGradient(
                golden(linear(RegressionMethod.FOMAML, 2, 1)), adapted.loss(GOLDEN.query()), gradient.w, gradient.b);
    }

    /** One step is theta - rate x (H theta - c) with H the mean of 2 [x x, x; x, 1]: its derivative is I - rate x H. */
    @Test
    void maml_also_goes_through_the_inner_gradient() {
        Line adapted = new Line(W, B).step(GOLDEN.support());
        Line gradient = adapted.gradient(GOLDEN.query());
        double hww = 2 * (1 + 4) / 2.0;
        double hwb = 2 * (1 + 2) / 2.0;
        double hbb = 2;

        assertGradient(
                golden(linear(RegressionMethod.MAML, 2, 1)),
                adapted.loss(GOLDEN.query()),
                (1 - RATE * hww) * gradient.w - RATE * hwb * gradient.b,
                -RATE * hwb * gradient.w + (1 - RATE * hbb) * gradient.b);
    }

    @Test
    void the_pretrained_baseline_gives_the_gradient_on_the_support_points_alone() {
        Line gradient = new Line(W, B).gradient(GOLDEN.support());

        assertGradient(
                golden(linear(RegressionMethod.PRETRAINED, 2, 1)),
                new Line(W, B).loss(GOLDEN.support()),
                gradient.w,
                gradient.b);
    }

    @Test
    void reptile_gives_the_way_back_from_steps_that_each_have_points_of_their_own() {
        Line first = new Line(W, B).step(GOLDEN.support().part(0, 1));
        Line second = first.step(GOLDEN.support().part(1, 2));

        assertGradient(
                golden(linear(RegressionMethod.REPTILE, 1, 2)),
                first.loss(GOLDEN.support().part(1, 2)),
                W - second.w,
                B - second.b);
    }

    @Test
    void predictions_follow_each_step_and_leave_the_model_as_it_was() {
        RegressionSettings settings = linear(RegressionMethod.MAML, 2, 1);
        try (Model model = line(settings);
                Regressor regressor = new Regressor(settings, 1, model)) {
            List<List<Double>> answers = regressor.predict(GOLDEN, RATE);

            Line line = new Line(W, B);
            assertThat(answers).hasSize(4);
            for (List<Double> step : answers) {
                assertThat(step.get(0)).isCloseTo(-line.w + line.b, within(1e-6));
                assertThat(step.get(1)).isCloseTo(3 * line.w + line.b, within(1e-6));
                line = line.step(GOLDEN.support());
            }
            assertThat(Transfer.read(model.parameters().flat())).containsExactly(W, B);
        }
    }

    @Test
    void the_oracle_is_told_amplitude_and_phase() {
        RegressionSettings settings = linear(RegressionMethod.ORACLE, 2, 1);
        try (Model model = Regressor.initialise(settings, 1, DataType.DOUBLE);
                Regressor regressor = new Regressor(settings, 1, model)) {
            Transfer.write(new double[] {1, 10, 100, 0}, model.parameters().flat());

            assertThat(regressor.predict(GOLDEN, RATE).get(0)).containsExactly(-1 + 20 + 50.0, 3 + 20 + 50.0);
        }
    }

    private static final RegressionSettings SMALL_MAML =
            new RegressionSettings(RegressionMethod.MAML, 4, 3, 0.1, 2, 2, List.of(5, 6), NOISE, TWO);

    private static Model model(RegressionSettings settings) {
        Model model = Regressor.initialise(settings, 3, DataType.DOUBLE);
        INDArray flat = model.parameters().flat();
        for (int i = 0; i < flat.length(); i++) {
            flat.putScalar(i, Math.sin(1 + 2.0 * i));
        }
        return model;
    }

    private static List<SinusoidTask> tasks(RegressionSettings settings, int count) {
        Sinusoids tasks = new Sinusoids(settings.trainingShot(), settings.query(), 1);
        return LongStream.range(0, count).mapToObj(tasks::task).toList();
    }

    @Test
    void the_meta_gradient_agrees_with_finite_differences() {
        List<SinusoidTask> tasks = tasks(SMALL_MAML, 2);
        try (Model model = model(SMALL_MAML);
                Regressor regressor = new Regressor(SMALL_MAML, 2, model);
                MetaGradient exact = regressor.metaGradient(tasks)) {
            double[] gradient = Transfer.read(exact.gradient().flat());
            double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
            INDArray flat = model.parameters().flat();
            for (int i = 0; i < gradient.length; i++) {
                double value = flat.getDouble(i);
                double above = loss(regressor, tasks, flat, i, value + 1e-6);
                double below = loss(regressor, tasks, flat, i, value - 1e-6);
                flat.putScalar(i, value);
                assertThat((above - below) / 2e-6).isCloseTo(gradient[i], within(1e-5 * largest));
            }
        }
    }

    private static double loss(Regressor regressor, List<SinusoidTask> tasks, INDArray flat, int index, double value) {
        flat.putScalar(index, value);
        try (MetaGradient result = regressor.metaGradient(tasks)) {
            return result.loss();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tasks_in_one_graph_give_the_mean_of_single_ones(RegressionMethod method) {
        RegressionSettings settings = new RegressionSettings(method, 4, 3, 0.1, 2, 2, List.of(5, 6), NOISE, TWO);
        List<SinusoidTask> tasks = tasks(settings, 3);
        List<double[]> gradients = new ArrayList<>();
        for (int tasksPerGraph : List.of(1, 3)) {
            try (Model model = model(settings);
                    Regressor regressor = new Regressor(settings, tasksPerGraph, model);
                    MetaGradient mean = regressor.metaGradient(tasks)) {
                gradients.add(Transfer.read(mean.gradient().flat()));
            }
        }

        assertThat(gradients.get(1)).containsExactly(gradients.get(0), within(1e-12));
        assertThat(Arrays.stream(gradients.get(0)).map(Math::abs).max().orElseThrow())
                .isPositive();
    }

    @Test
    void first_weights_are_close_to_0_and_follow_from_the_seed() {
        RegressionSettings settings = RegressionSettings.defaults();
        try (Model one = Regressor.initialise(settings, 1, DataType.FLOAT);
                Model same = Regressor.initialise(settings, 1, DataType.FLOAT);
                Model other = Regressor.initialise(settings, 2, DataType.FLOAT)) {
            assertThat(one.parameters().flat()).isEqualTo(same.parameters().flat());
            assertThat(one.parameters().flat()).isNotEqualTo(other.parameters().flat());
            assertThat(Arrays.stream(Transfer.read(one.parameters().flat()))
                            .map(Math::abs)
                            .max()
                            .orElseThrow())
                    .isLessThanOrEqualTo(0.02);
            assertThat(Transfer.read(one.parameters().get("fc1.bias"))).containsOnly(0);
            assertThat(Transfer.read(one.parameters().get("fc1.weight"))).doesNotContain(0);
        }
    }

    @Test
    void settings_that_cannot_be_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> linear(RegressionMethod.MAML, 0, 1))
                .withMessage("shot must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegressionSettings(RegressionMethod.MAML, 1, 1, 0, 1, 1, List.of(), NOISE, TWO))
                .withMessage("inner-learning-rate must be above 0, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegressionSettings(RegressionMethod.BMAML, 1, 1, 1, 1, 1, List.of(), 0, TWO))
                .withMessage("noise-variance must be above 0, got 0.0");
    }
}
