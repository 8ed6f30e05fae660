package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.tensor.Npz;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class MetaOptimizerTest {
    @TempDir
    private Path folder;

    @Test
    void sgd_subtracts_the_gradient_times_the_learning_rate() {
        assertThat(step(settings(Updater.SGD, Clip.NONE), 3, -4)).containsExactly(-0.1 * 3, 0.4);
    }

    @Test
    void adam_begins_with_the_learning_rate_in_the_gradients_direction() {
        assertThat(step(settings(Updater.ADAM, Clip.NONE), 3, -4)).satisfies(values -> {
            assertThat(values[0]).isCloseTo(-0.1, within(1e-6));
            assertThat(values[1]).isCloseTo(0.1, within(1e-6));
        });
    }

    @Test
    void clip_value_limits_each_element() {
        assertThat(step(settings(Updater.SGD, Clip.VALUE), 3, -4)).containsExactly(-0.2, 0.2);
        assertThat(step(settings(Updater.SGD, Clip.VALUE), 1, -4)).containsExactly(-0.1, 0.2);
    }

    @Test
    void clip_norm_limits_the_whole_gradient() {
        double[] values = step(settings(Updater.SGD, Clip.NORM), 3, -4);
        assertThat(values[0]).isCloseTo(-0.1 * 2 * 0.6, within(1e-15));
        assertThat(values[1]).isCloseTo(0.1 * 2 * 0.8, within(1e-15));
        assertThat(step(settings(Updater.SGD, Clip.NORM), 1, -1)).containsExactly(-0.1, 0.1);
    }

    @ParameterizedTest
    @EnumSource
    void an_optimiser_goes_on_exactly_from_its_saved_state(Updater updater) {
        OptimizerSettings settings = settings(updater, Clip.NONE);
        try (Parameters parameters = parameters(1, 2);
                MetaOptimizer first = new MetaOptimizer(settings, 10, parameters)) {
            first.step(parameters, parameters(0.5, -3), 0);
            first.step(parameters, parameters(0.2, 1), 1);
            Npz.write(folder.resolve("state.npz"), first.state());
            Parameters copy = parameters.copy();
            MetaOptimizer second = new MetaOptimizer(settings, 10, copy);
            second.restore(Npz.read(folder.resolve("state.npz")));

            first.step(parameters, parameters(0.7, 0.1), 2);
            second.step(copy, parameters(0.7, 0.1), 2);

            assertThat(copy.flat()).isEqualTo(parameters.flat());
            assertThat(second.state()).isEqualTo(first.state());
            second.close();
        }
    }

    @Test
    void another_optimisers_state_is_refused() {
        Parameters parameters = parameters(1, 2);
        MetaOptimizer adam = new MetaOptimizer(settings(Updater.ADAM, Clip.NONE), 10, parameters);
        MetaOptimizer nesterovs = new MetaOptimizer(settings(Updater.NESTEROVS, Clip.NONE), 10, parameters);

        assertThatThrownBy(() -> adam.restore(nesterovs.state()))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("the checkpoint's optimiser must hold [M [2] DOUBLE, V [2] DOUBLE] for updater"
                        + " adam, got [");
    }

    @Test
    void schedules_go_from_the_first_rate_to_the_least() {
        assertThat(rate(LearningRateSchedule.CONSTANT, 70)).isEqualTo(0.1);
        assertThat(rate(LearningRateSchedule.STEP, 19)).isEqualTo(0.1);
        assertThat(rate(LearningRateSchedule.STEP, 40)).isEqualTo(0.025);
        assertThat(rate(LearningRateSchedule.STEP, 99)).isEqualTo(0.01);
        assertThat(rate(LearningRateSchedule.LINEAR, 0)).isEqualTo(0.1);
        assertThat(rate(LearningRateSchedule.LINEAR, 50)).isCloseTo(0.055, within(1e-15));
        assertThat(rate(LearningRateSchedule.COSINE, 0)).isEqualTo(0.1);
        assertThat(rate(LearningRateSchedule.COSINE, 50)).isCloseTo(0.055, within(1e-15));
        assertThat(rate(LearningRateSchedule.COSINE, 25)).isCloseTo(0.01 + 0.045 * (1 + Math.sqrt(0.5)), within(1e-15));
        assertThat(rate(LearningRateSchedule.COSINE, 200)).isEqualTo(0.01);
    }

    private static double rate(LearningRateSchedule schedule, long iteration) {
        OptimizerSettings settings =
                new OptimizerSettings(Updater.SGD, 0.1, schedule, 20, 0.5, 0.01, 0.9, Clip.NONE, 1);
        try (Parameters parameters = parameters(0);
                MetaOptimizer optimizer = new MetaOptimizer(settings, 100, parameters)) {
            return optimizer.learningRate(iteration);
        }
    }

    private static OptimizerSettings settings(Updater updater, Clip clip) {
        return new OptimizerSettings(updater, 0.1, LearningRateSchedule.CONSTANT, 1, 1, 0, 0.9, clip, 2);
    }

    private static double[] step(OptimizerSettings settings, double... gradient) {
        try (Parameters parameters = parameters(new double[gradient.length]);
                MetaOptimizer optimizer = new MetaOptimizer(settings, 10, parameters)) {
            optimizer.step(parameters, parameters(gradient), 0);
            return Transfer.read(parameters.flat());
        }
    }

    private static Parameters parameters(double... values) {
        Parameters parameters = Parameters.zeros(ParameterLayout.none().with("w", values.length), DataType.DOUBLE);
        parameters.flat().assign(Nd4j.createFromArray(values));
        return parameters;
    }
}
