package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.options.Describe;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void every_setting_is_described() {
        assertThat(Stream.of(TrainingSettings.class, OptimizerSettings.class)
                        .flatMap(settings -> Stream.of(settings.getRecordComponents())))
                .allSatisfy(component -> assertThat(description(component)).isNotBlank());
    }

    private static String description(RecordComponent component) {
        Describe describe = component.getAnnotation(Describe.class);
        return describe == null ? "" : describe.value();
    }

    @Test
    void defaults_keep_their_own_rules() {
        assertThat(TrainingSettings.defaults().metaBatch()).isEqualTo(32);
        assertThat(OptimizerSettings.defaults().updater()).isEqualTo(Updater.ADAM);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -1 | 6 | 1 | 0 | 0.1 | iterations must be at least 0, got -1
            1 | 0 | 1 | 0  | 0.1 | meta-batch must be at least 1, got 0
            1 | 6 | -1 | 0 | 0.1 | tasks-per-graph must be at least 0, got -1
            1 | 6 | 4 | 0  | 0.1 | meta-batch must be a multiple of tasks-per-graph 4, got 6
            1 | 6 | 2 | -1 | 0.1 | threads must be at least 0, got -1
            1 | 6 | 2 | 1  | 1.5 | statistics-momentum must be from 0 to 1, got 1.5
            """)
    void an_impossible_loop_is_refused(
            long iterations, int metaBatch, int tasksPerGraph, int threads, double momentum, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSettings(
                        iterations,
                        metaBatch,
                        tasksPerGraph,
                        threads,
                        1,
                        momentum,
                        0,
                        1,
                        BatchStatistics.BATCH,
                        0,
                        1,
                        1))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | 1 | 0.5 | 0   | 0.9 | 1 | meta-learning-rate must be above 0, got 0.0
            0.1 | 0 | 0.5 | 0   | 0.9 | 1 | schedule-step must be at least 1, got 0
            0.1 | 1 | 1.5 | 0   | 0.9 | 1 | schedule-decay must be above 0 and at most 1, got 1.5
            0.1 | 1 | 0.5 | 0.2 | 0.9 | 1 | min-learning-rate must be from 0 to meta-learning-rate 0.1, got 0.2
            0.1 | 1 | 0.5 | 0   | 1   | 1 | momentum must be from 0 to below 1, got 1.0
            0.1 | 1 | 0.5 | 0   | 0.9 | 0 | clip-value must be above 0, got 0.0
            """)
    void an_impossible_optimiser_is_refused(
            double rate, long step, double decay, double least, double momentum, double clip, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimizerSettings(
                        Updater.SGD, rate, LearningRateSchedule.STEP, step, decay, least, momentum, Clip.VALUE, clip))
                .withMessage(message);
    }
}
