package io.fewshot4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.LocalBatches;
import io.fewshot4j.training.MetaBatches;
import io.fewshot4j.training.TrainingPlan;
import io.fewshot4j.training.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Times of an iteration of {@code maml/omniglot-5way-1shot} (112,005 parameters, 32 tasks) here and on two executors,
 * with and without work; they go into {@code target/spark-costs.txt}.
 */
@Tag("slow")
final class SparkCostsTest {
    private static final int EMPTY = 80;
    private static final int REAL = 12;

    private final Experiment experiment = Experiment.of(
            Presets.load("maml/omniglot-5way-1shot").settings().with(Settings.parse(List.of("tasks-per-graph=1"))));
    private final SplitDataset data = Glyphs.draw(new GlyphsSettings(100, 5, 5, 20, 28, 1, 1));
    private final TrainingPlan<Episode, Learner> plan = experiment.plan(data, "", "");
    private final List<String> lines = new ArrayList<>();

    /** Median, least and most of some calls in milliseconds, after a quarter as many that do not count. */
    private void time(String what, int calls, Runnable call) {
        for (int i = 0; i < calls / 4; i++) {
            call.run();
        }
        double[] times = IntStream.range(0, calls)
                .mapToDouble(i -> {
                    long start = System.nanoTime();
                    call.run();
                    return (System.nanoTime() - start) / 1e6;
                })
                .sorted()
                .toArray();
        lines.add(String.format(
                "%-45s %8.1f (%.1f to %.1f)",
                what, times[calls / 2], times[calls / 10], times[calls - 1 - calls / 10]));
    }

    private void time(String what, MetaBatches batches) {
        long[] iteration = {0};
        time(what, REAL, () -> batches.mean(iteration[0]++).close());
    }

    @Test
    void costs() throws IOException {
        try (Model model = experiment.initialise(DataType.FLOAT)) {
            for (int threads : new int[] {1, 2}) {
                try (Workers<Learner> workers = new Workers<>(experiment::learner, model, threads);
                        MetaBatches local = new LocalBatches<>(plan, workers, 0)) {
                    time("here, " + threads + " threads, ms", local);
                }
            }
            for (int partitions : new int[] {1, 2, 4}) {
                try (SparkEngine engine =
                                Clusters.of(2, Map.of("spark.default.parallelism", Integer.toString(partitions)));
                        Workers<Learner> workers = new Workers<>(experiment::learner, model, 1);
                        MetaBatches spark = engine.training(experiment, Optional.of(data.train()))
                                .orElseThrow()
                                .begin(plan, model, workers, 0)) {
                    time("Spark, " + partitions + " partitions, empty tasks, ms", EMPTY, () -> empty(engine, model));
                    time("Spark, " + partitions + " partitions, ms", spark);
                }
            }
        }
        Files.write(Path.of("target", "spark-costs.txt"), lines);
        assertThat(lines).hasSize(8);
    }

    /** Traffic of an iteration, without the work. */
    private static void empty(SparkEngine engine, Model model) {
        Cluster cluster = engine.cluster();
        Broadcast<Values> values = cluster.broadcast(Values.of(model));
        assertThat(cluster.compute(32, share -> Replies.to(() -> List.of(values.value()))))
                .isNotEmpty();
        cluster.forget(values);
    }
}
