package io.fewshot4j.spark;

import static io.fewshot4j.spark.Clusters.assertSame;
import static io.fewshot4j.spark.Clusters.small;
import static io.fewshot4j.spark.Clusters.train;

import io.fewshot4j.catalog.Catalog;
import io.fewshot4j.catalog.Engine;
import io.fewshot4j.learner.LearnerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on executors in processes of their own has the bits of training here. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SparkTrainingTest {
    @TempDir
    private static Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_hundred_iterations_have_the_same_bits_on_any_number_of_executors(int executors) throws IOException {
        try (SparkEngine cluster = Clusters.of(executors)) {
            for (String learner : new String[] {"maml", "protonet"}) {
                Path here = folder.resolve(learner);
                if (!here.toFile().exists()) {
                    train(Engine.LOCAL, here, small(learner, 100));
                }
                Path there = folder.resolve(learner + "-" + executors);
                train(cluster, there, small(learner, 100));
                assertSame(here, there, 100);
            }
            if (executors == 2) {
                everyLearner(cluster);
            }
        }
    }

    private static void everyLearner(SparkEngine cluster) {
        for (LearnerSpec<?> spec : Catalog.LEARNERS) {
            if (spec.classifies() && !spec.name().equals("pixels")) { // which has nothing to train
                Path here = folder.resolve("here-" + spec.name());
                Path there = folder.resolve("there-" + spec.name());
                List<String> settings = new ArrayList<>(small(spec.name(), 5, 0));
                settings.replaceAll(setting -> setting.replace("image-size=16", "image-size=28"));
                if (spec.testSettings().contains("test-inner-steps")) {
                    settings.add("test-inner-steps=1");
                }
                train(Engine.LOCAL, here, settings);
                train(cluster, there, settings);
                assertSame(here, there, 5);
            }
        }
    }
}
