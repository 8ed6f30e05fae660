package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fewshot4j.cuda.TestDevice;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.runtime.SwitchedProvider;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every learner's meta-gradient end to end: generated kernels, a captured graph and a driver that computes on the
 * processor.
 */
final class LearnersOnCudaTest {
    private static final double LIMIT = 1e-4;

    static List<LearnerSpec<?>> learners() {
        return DeviceTrafficTest.learners();
    }

    @ParameterizedTest
    @MethodSource("learners")
    void a_meta_iteration_is_one_launch_with_a_copy_in_and_one_out(LearnerSpec<?> spec) {
        List<Episode> tasks =
                LongStream.range(0, 4).mapToObj(SmallRun::training).toList();
        TestDevice device = new TestDevice();
        try (SmallRun run = new SmallRun(spec);
                Learner onProcessor = run.withTasksPerGraph(4);
                Learner onDevice = run.withTasksPerGraph(4);
                MetaGradient expected = onProcessor.metaGradient(tasks)) {
            SwitchedProvider.during(device, () -> {
                onDevice.metaGradient(tasks).close();
                device.traffic();
                try (MetaGradient found = onDevice.metaGradient(tasks)) {
                    assertThat(device.traffic()).containsExactly(1, 1, 1);
                    assertThat(found.loss()).isCloseTo(expected.loss(), withinPercentage(100 * LIMIT));
                    requireClose(found.gradient(), expected.gradient());
                    requireClose(found.statistics(), expected.statistics());
                }
            });
        }
        device.close();
        assertThat(device.open()).isEmpty();
    }

    /** Each array relative to its largest entry, but for those that are zero but for rounding. */
    private static void requireClose(Parameters found, Parameters expected) {
        double all = largest(Transfer.read(expected.flat()));
        for (String name : expected.names()) {
            double[] own = Transfer.read(found.get(name));
            double[] other = Transfer.read(expected.get(name));
            double[] difference = IntStream.range(0, own.length)
                    .mapToDouble(i -> own[i] - other[i])
                    .toArray();
            assertThat(largest(difference)).as(name).isLessThanOrEqualTo(LIMIT * Math.max(largest(other), 1e-2 * all));
        }
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
