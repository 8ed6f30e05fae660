package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.Sinusoid;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.nn.HeadInit;
import io.fewshot4j.nn.MlpSettings;
import io.fewshot4j.nn.Network;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learners of functions in double. The golden task has a network without hidden layers, y = w x + b: its steps are
 * worked out by hand.
 */
final class FunctionsTest {
    private static final double RATE = 0.1;
    private static final double W = 0.5;
    private static final double B = -0.25;
    private static final SinusoidTask GOLDEN = new SinusoidTask(
            new Sinusoid(2, 0.5),
            new Points(List.of(1.0, 2.0), List.of(1.0, -1.0)),
            new Points(List.of(-1.0, 3.0), List.of(0.5, 2.0)));
    private static final EpisodeShape TWO_POINTS = new EpisodeShape(1, 2, 2);

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

    private static FunctionModel line(LearnerSpec<?> spec, String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "inner-learning-rate=" + RATE;
        all[settings.length + 1] = "test-inner-steps=3";
        return FunctionModel.ofLines(spec, TWO_POINTS, new double[] {W, B}, all);
    }

    private static MetaGradient golden(LearnerSpec<?> spec, String... settings) {
        try (FunctionModel line = line(spec, settings)) {
            return line.learner.metaGradient(List.of(FunctionModel.episode(GOLDEN)));
        }
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

        assertGradient(golden(new Fomaml(), "inner-steps=1"), adapted.loss(GOLDEN.query()), gradient.w, gradient.b);
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
                golden(new Maml(), "inner-steps=1"),
                adapted.loss(GOLDEN.query()),
                (1 - RATE * hww) * gradient.w - RATE * hwb * gradient.b,
                -RATE * hwb * gradient.w + (1 - RATE * hbb) * gradient.b);
    }

    @Test
    void the_pretrained_baseline_gives_the_gradient_on_the_support_points_alone() {
        Line gradient = new Line(W, B).gradient(GOLDEN.support());

        assertGradient(
                golden(new Pretrained(), "inner-steps=1"),
                new Line(W, B).loss(GOLDEN.support()),
                gradient.w,
                gradient.b);
    }

    @Test
    void reptile_gives_the_way_back_from_steps_that_each_have_points_of_their_own() {
        String[] settings = {"inner-optimizer=sgd", "inner-steps=2", "inner-batch=1"};
        int first = firstPoint(settings);
        Line once = new Line(W, B).step(GOLDEN.support().part(first, first + 1));
        Line twice = once.step(GOLDEN.support().part(1 - first, 2 - first));

        assertGradient(golden(new Reptile(), settings), twice.loss(GOLDEN.query()), W - twice.w, B - twice.b);
    }

    /** The point of the first step, where the second step has the other one. */
    private static int firstPoint(String... settings) {
        List<LabelledImages> batches = InnerBatches.training(
                Settings.parse(List.of(settings)).bind(new Reptile().defaults()), FunctionModel.episode(GOLDEN));
        List<Float> inputs = batches.stream().map(batch -> batch.pixels()[0]).toList();
        assertThat(inputs).containsExactlyInAnyOrder(1f, 2f);
        return inputs.get(0) == 1f ? 0 : 1;
    }

    @Test
    void answers_follow_each_step_and_leave_the_model_as_it_was() {
        try (FunctionModel model = line(new Maml(), "inner-steps=1")) {
            List<List<Double>> answers = model.answers(GOLDEN);

            Line line = new Line(W, B);
            assertThat(answers).hasSize(4);
            for (List<Double> step : answers) {
                assertThat(step.get(0)).isCloseTo(-line.w + line.b, within(1e-6));
                assertThat(step.get(1)).isCloseTo(3 * line.w + line.b, within(1e-6));
                line = line.step(GOLDEN.support());
            }
            assertThat(Transfer.read(model.model.parameters().flat())).containsExactly(W, B);
        }
    }

    private static final Network SMALL =
            new MlpSettings(List.of(5, 6), HeadInit.NEAR_ZERO, false, true, 1e-3).network(FunctionModel.INPUT);

    @Test
    void the_meta_gradient_agrees_with_finite_differences() {
        Sinusoids functions = new Sinusoids(4, 3, 1);
        List<Episode> tasks = LongStream.range(0, 2)
                .mapToObj(functions::task)
                .map(FunctionModel::episode)
                .toList();
        try (FunctionModel small = FunctionModel.of(
                new Maml(), new EpisodeShape(1, 4, 3), SMALL, 2, "inner-learning-rate=0.1", "inner-steps=2")) {
            INDArray flat = small.model.parameters().flat();
            for (int i = 0; i < flat.length(); i++) {
                flat.putScalar(i, Math.sin(1 + 2.0 * i));
            }
            double[] gradient = gradient(small, tasks);
            double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < gradient.length; i++) {
                double value = flat.getDouble(i);
                double above = loss(small, tasks, i, value + 1e-6);
                double below = loss(small, tasks, i, value - 1e-6);
                flat.putScalar(i, value);
                assertThat((above - below) / 2e-6).isCloseTo(gradient[i], within(1e-5 * largest));
            }
        }
    }

    private static double[] gradient(FunctionModel small, List<Episode> tasks) {
        try (MetaGradient exact = small.learner.metaGradient(tasks)) {
            return Transfer.read(exact.gradient().flat());
        }
    }

    private static double loss(FunctionModel small, List<Episode> tasks, int index, double value) {
        small.model.parameters().flat().putScalar(index, value);
        try (MetaGradient result = small.learner.metaGradient(tasks)) {
            return result.loss();
        }
    }
}
