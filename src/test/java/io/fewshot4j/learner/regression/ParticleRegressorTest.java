package io.fewshot4j.learner.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.Sinusoid;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.graph.PlainStein;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.ParticleSettings;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Bayesian MAML with networks without hidden layers, lines y = w x + b, against plain Java in double. */
final class ParticleRegressorTest {
    private static final double RATE = 0.1;
    private static final double NOISE = 0.04;
    private static final Offset<Double> CLOSE = within(1e-7);
    private static final double[][] START = {{0.5, -0.25}, {-0.75, 0.5}, {1.25, 1}};
    private static final Points SUPPORT = new Points(List.of(1.0, 2.0), List.of(1.0, -1.0));
    private static final Points QUERY = new Points(List.of(-1.0, 3.0, 0.5), List.of(0.5, 2.0, -1.0));
    private static final SinusoidTask TASK = new SinusoidTask(new Sinusoid(2, 0.5), SUPPORT, QUERY);

    private static RegressionSettings settings(int particles) {
        return new RegressionSettings(
                RegressionMethod.BMAML, 2, 3, RATE, 2, 3, List.of(), NOISE, new ParticleSettings(particles, 2));
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

    private static Model model(RegressionSettings settings, double[][] lines) {
        Model model = Regressor.initialise(settings, 1, DataType.DOUBLE);
        Transfer.write(
                Arrays.stream(lines).flatMapToDouble(Arrays::stream).toArray(),
                model.parameters().flat());
        return model;
    }

    @Test
    void the_meta_loss_is_the_squared_way_from_chasers_to_leaders_and_its_gradient_leaves_leaders_where_they_are() {
        try (Model model = model(settings(3), START);
                Regressor regressor = new Regressor(settings(3), 1, model);
                MetaGradient result = regressor.metaGradient(List.of(TASK))) {
            assertThat(result.loss()).isCloseTo(PlainStein.squaredDistance(chasers(START), leaders()), CLOSE);
            double[] gradient = Transfer.read(result.gradient().flat());
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
        try (Model model = model(settings(3), START);
                Regressor regressor = new Regressor(settings(3), 1, model)) {
            List<List<Double>> answers = regressor.predict(TASK, RATE);

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
        RegressionSettings maml = new RegressionSettings(
                RegressionMethod.MAML, 2, 3, RATE, 2, 3, List.of(), NOISE, new ParticleSettings(1, 1));
        double[][] line = {START[0]};
        try (Model one = model(settings(1), line);
                Model same = model(maml, line);
                Regressor particle = new Regressor(settings(1), 1, one);
                Regressor plain = new Regressor(maml, 1, same)) {
            List<List<Double>> expected = plain.predict(TASK, RATE);
            List<List<Double>> answers = particle.predict(TASK, RATE);

            IntStream.rangeClosed(0, 3)
                    .forEach(step -> assertThat(answers.get(step))
                            .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                            .containsExactlyElementsOf(expected.get(step)));
        }
    }

    @Test
    void particles_begin_apart_from_each_other() {
        try (Model model = Regressor.initialise(settings(2), 1, DataType.DOUBLE)) {
            assertThat(model.parameters().names())
                    .containsExactly(
                            "particle0.fc0.weight", "particle0.fc0.bias", "particle1.fc0.weight", "particle1.fc0.bias");
            assertThat(model.parameters().get("particle0.fc0.weight"))
                    .isNotEqualTo(model.parameters().get("particle1.fc0.weight"));
            assertThat(Transfer.read(model.parameters().get("particle1.fc0.bias")))
                    .containsOnly(0);
        }
    }
}
