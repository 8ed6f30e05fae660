package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.Sinusoid;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.nn.PlainStein;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Bayesian MAML with networks without hidden layers, lines y = w x + b, against plain Java in double. */
final class ParticleFunctionsTest {
    private static final double RATE = 0.1;
    private static final double NOISE = FunctionModel.NOISE;
    private static final Offset<Double> CLOSE = within(1e-7);
    private static final double[][] START = {{0.5, -0.25}, {-0.75, 0.5}, {1.25, 1}};
    private static final Points SUPPORT = new Points(List.of(1.0, 2.0), List.of(1.0, -1.0));
    private static final Points QUERY = new Points(List.of(-1.0, 3.0, 0.5), List.of(0.5, 2.0, -1.0));
    private static final SinusoidTask TASK = new SinusoidTask(new Sinusoid(2, 0.5), SUPPORT, QUERY);
    private static final EpisodeShape SHAPE = new EpisodeShape(1, 2, 3);

    private static FunctionModel model(double[]... lines) {
        return FunctionModel.ofLines(new Bmaml(), SHAPE, flat(lines), settings(lines.length));
    }

    private static String[] settings(int particles) {
        return new String[] {
            "particles=" + particles,
            "shared-body=false",
            "leader-steps=2",
            "inner-learning-rate=" + RATE,
            "inner-steps=2",
            "test-inner-steps=3"
        };
    }

    private static double[] flat(double[]... lines) {
        return Arrays.stream(lines).flatMapToDouble(Arrays::stream).toArray();
    }

    /** The gradient of sum (w x + b - y)^2 / (2 noise). */
    private static double[] gradient(double[] line, Points points) {
        double[] gradient = new double[2];
        for (int i = 0; i < points.count(); i++) {
            double x = points.x().get(i);
            double residual = line[0] * x + line[1] - points.y().get(i);
            gradient[0] += residual * x / NOISE;
            gradient[1] += residual / NOISE;
        }
        return gradient;
    }

    private static double[] ofBoth(double[] line) {
        double[] support = gradient(line, SUPPORT);
        double[] query = gradient(line, QUERY);
        return new double[] {support[0] + query[0], support[1] + query[1]};
    }

    /** At a rate of {@link #RATE} on the mean squared error of the support points. */
    private static double[][] step(double[][] lines, boolean leader) {
        double rate = RATE * 2 * NOISE / SUPPORT.count();
        return PlainStein.step(lines, line -> leader ? ofBoth(line) : gradient(line, SUPPORT), rate);
    }

    private static double[][] chasers(double[][] lines) {
        return step(step(lines, false), false);
    }

    private static double[][] leaders() {
        return step(step(chasers(START), true), true);
    }

    @Test
    void the_meta_loss_is_the_squared_way_from_chasers_to_leaders_and_its_gradient_leaves_leaders_where_they_are() {
        try (FunctionModel model = model(START);
                MetaGradient result = model.learner.metaGradient(List.of(FunctionModel.episode(TASK)))) {
            assertThat(result.loss()).isCloseTo(PlainStein.squaredDistance(chasers(START), leaders()), CLOSE);
            double[] gradient = Transfer.read(result.gradient().flat());
            assertThat(gradient).hasSize(6);
            for (int i = 0; i < gradient.length; i++) {
                double difference = moved(i, 1e-6) - moved(i, -1e-6);
                assertThat(gradient[i]).isCloseTo(difference / 2e-6, within(1e-6));
            }
        }
    }

    /** The loss where a parameter is moved, and with it the chasers. */
    private static double moved(int parameter, double by) {
        double[][] lines = Arrays.stream(START).map(double[]::clone).toArray(double[][]::new);
        lines[parameter / 2][parameter % 2] += by;
        return PlainStein.squaredDistance(chasers(lines), leaders());
    }

    @Test
    void it_answers_with_the_mean_of_its_particles_after_each_step() {
        try (FunctionModel model = model(START)) {
            List<List<Double>> answers = model.answers(TASK);

            double[][] lines = START;
            assertThat(answers).hasSize(4);
            for (List<Double> step : answers) {
                for (int i = 0; i < QUERY.count(); i++) {
                    double x = QUERY.x().get(i);
                    double mean = Arrays.stream(lines)
                            .mapToDouble(line -> line[0] * x + line[1])
                            .average()
                            .orElseThrow();
                    assertThat(step.get(i)).isCloseTo(mean, CLOSE);
                }
                lines = step(lines, false);
            }
        }
    }

    @Test
    void one_particle_answers_as_maml() {
        String[] maml = {"inner-learning-rate=" + RATE, "inner-steps=2", "test-inner-steps=3"};
        try (FunctionModel particle = model(START[0]);
                FunctionModel plain = FunctionModel.ofLines(new Maml(), SHAPE, START[0], maml)) {
            List<List<Double>> expected = plain.answers(TASK);
            List<List<Double>> answers = particle.answers(TASK);

            assertThat(answers).hasSize(4);
            IntStream.rangeClosed(0, 3)
                    .forEach(step -> assertThat(answers.get(step))
                            .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                            .containsExactlyElementsOf(expected.get(step)));
        }
    }

    @Test
    void particles_begin_apart_from_each_other() {
        try (FunctionModel model =
                FunctionModel.of(new Bmaml(), SHAPE, new PlainInputs(FunctionModel.INPUT), 1, settings(2))) {
            Parameters parameters = model.model.parameters();
            assertThat(parameters.names())
                    .containsExactly(
                            "particle0.fc.weight", "particle0.fc.bias", "particle1.fc.weight", "particle1.fc.bias");
            assertThat(parameters.get("particle0.fc.weight")).isNotEqualTo(parameters.get("particle1.fc.weight"));
            assertThat(Transfer.read(parameters.get("particle1.fc.bias"))).containsOnly(0);
        }
    }
}
