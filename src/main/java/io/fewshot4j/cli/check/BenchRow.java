package io.fewshot4j.cli.check;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Catalog;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.Network;
import io.fewshot4j.options.Settings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A standard setting of the benchmark: one meta-iteration of a learner on random images.
 *
 * @param net stride or maxpool
 * @param size height and width of the images
 * @param tasks of a meta-batch
 */
record BenchRow(
        String learner,
        String net,
        int size,
        int channels,
        int filters,
        int way,
        int shot,
        int query,
        int steps,
        int tasks) {
    static final List<BenchRow> STANDARD = List.of(
            maml("stride", 28, 1, 64, 5, 15, 1, 32),
            maml("stride", 28, 1, 64, 5, 15, 5, 32),
            maml("stride", 28, 1, 64, 5, 1, 1, 32),
            maml("stride", 28, 1, 64, 5, 1, 5, 32),
            maml("maxpool", 28, 1, 64, 5, 15, 1, 32),
            maml("maxpool", 28, 1, 64, 5, 1, 5, 32),
            maml("stride", 28, 1, 64, 20, 1, 5, 16),
            maml("stride", 28, 1, 64, 20, 15, 5, 16),
            maml("maxpool", 84, 3, 32, 5, 15, 5, 4),
            new BenchRow("protonet", "maxpool", 28, 1, 64, 60, 1, 5, 0, 1));

    private static BenchRow maml(
            String net, int size, int channels, int filters, int way, int query, int steps, int tasks) {
        return new BenchRow("maml", net, size, channels, filters, way, 1, query, steps, tasks);
    }

    /** Shape with so many tasks in a graph, or all where there are fewer. */
    TaskShape shape(int tasksPerGraph) {
        int grouped = Math.min(tasks, tasksPerGraph);
        if (tasks % grouped != 0) {
            throw new FewShotException("--tasks-per-graph must divide a row's " + tasks + " tasks, got " + grouped);
        }
        Network network =
                settings().bind((Conv4Settings) spec().network().orElseThrow()).network(image());
        return TaskShape.of(network, new EpisodeShape(way, shot, query)).withTasksPerGraph(grouped);
    }

    private ImageShape image() {
        return new ImageShape(size, size, channels);
    }

    LearnerSpec<?> spec() {
        return Catalog.learner(learner);
    }

    /** PyTorch's padding, batch normalisation with gain and bias, all of it adapted. */
    Settings settings() {
        boolean maxPool = net.equals("maxpool");
        Settings network = Settings.of(Map.of(
                "filters",
                Integer.toString(filters),
                "pooling",
                maxPool ? "max-pool" : "stride",
                "head",
                maxPool ? "flatten" : "mean",
                "padding",
                "torch",
                "batch-norm-gain",
                "true",
                "batch-norm-epsilon",
                "0.00001"));
        return steps == 0
                ? network
                : network.with(Settings.of(Map.of(
                        "inner-steps",
                        Integer.toString(steps),
                        "inner-learning-rate",
                        size == 84 ? "0.01" : "0.4",
                        "adapt-batch-norm",
                        "true",
                        "head-init",
                        "glorot")));
    }

    /** A meta-batch of random pixels. */
    List<Episode> metaBatch() {
        Random random = new Random(1);
        List<String> names = IntStream.range(0, way).mapToObj(i -> "class " + i).toList();
        return IntStream.range(0, tasks)
                .mapToObj(task -> new Episode(names, images(shot, random), images(query, random)))
                .toList();
    }

    private LabelledImages images(int each, Random random) {
        ImageShape shape = image();
        float[] pixels = new float[way * each * shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return new LabelledImages(
                shape, pixels, IntStream.range(0, way * each).map(i -> i / each).toArray());
    }

    @Override
    public String toString() {
        return "%s %s %dx%dx%d, %d filters, %d-way %d-shot, %d queries, %d steps, %d tasks"
                .formatted(learner, net, size, size, channels, filters, way, shot, query, steps, tasks);
    }
}
