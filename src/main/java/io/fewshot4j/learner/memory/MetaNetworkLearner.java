package io.fewshot4j.learner.memory;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Objective;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Transfer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** Makes fast weights from the support set, then answers each query with its own. */
final class MetaNetworkLearner implements Learner {
    /** It has no batch normalisation: each query is answered alone. */
    private static final Set<BatchStatistics> STATISTICS = EnumSet.of(BatchStatistics.SUPPORT_AND_ONE_QUERY);

    private record Forward(int support, int queries) {}

    private final MetaNetwork network;
    private final Patches patches;
    private final TaskShape shape;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;

    MetaNetworkLearner(MetaNetwork network, TaskShape shape, Model model) {
        this.network = network;
        this.patches = network.images().patches();
        this.shape = shape;
        this.model = model;
        this.meta = new MetaExecutor(() -> MetaNetworkGraph.metaGradient(network, shape, type()), model, shape);
        this.compiled = new Compiled(model.parameters());
    }

    private DataType type() {
        return model.parameters().flat().dataType();
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<Episode> tasks) {
        feedImages(executor, tasks);
        feedSupportLabels(executor, tasks);
        Feed.labels(executor, "query-labels", tasks.stream().map(Episode::query).toList(), network.way());
    }

    private void feedImages(Executor executor, List<Episode> tasks) {
        Feed.images(
                executor,
                "support",
                patches,
                tasks.stream().map(Episode::support).toList());
        Feed.images(
                executor, "query", patches, tasks.stream().map(Episode::query).toList());
    }

    private void feedSupportLabels(Executor executor, List<Episode> tasks) {
        Feed.labels(
                executor, "support-labels", tasks.stream().map(Episode::support).toList(), network.way());
    }

    /** With order 1 the gradients of the support losses stay as they are at the beginning. */
    @Override
    public Objective objective(List<Episode> tasks) {
        TaskShape single = shape.withTasksPerGraph(1);
        Executor loss = compiled.get("loss", () -> MetaNetworkGraph.loss(network, single, type()));
        List<Map<String, double[]>> fixed = tasks.stream()
                .map(task -> network.settings().order() == 1 ? gradients(task, single) : Map.<String, double[]>of())
                .toList();
        return () -> IntStream.range(0, tasks.size())
                .mapToDouble(i -> loss(loss, tasks.get(i), fixed.get(i)))
                .average()
                .orElseThrow();
    }

    private Map<String, double[]> gradients(Episode task, TaskShape single) {
        Executor executor = compiled.get("gradients", () -> MetaNetworkGraph.gradients(network, single, type()));
        Feed.images(executor, "support", patches, List.of(task.support()));
        feedSupportLabels(executor, List.of(task));
        executor.run();
        Map<String, double[]> gradients = new HashMap<>();
        for (String name : executor.plan().outputs().keySet()) {
            gradients.put(name, Transfer.read(executor.output(name)));
        }
        return gradients;
    }

    private double loss(Executor loss, Episode task, Map<String, double[]> fixed) {
        feedImages(loss, List.of(task));
        Feed.labels(loss, "query-labels", List.of(task.query()), network.way());
        if (fixed.isEmpty()) {
            feedSupportLabels(loss, List.of(task));
        }
        fixed.forEach((name, values) -> Transfer.write(values, loss.input(name)));
        loss.run();
        return Transfer.read(loss.output("loss"))[0];
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        statistics.requireIn(STATISTICS, "metanet");
        shape.requireWay("metanet", episode);
        int support = episode.support().count();
        int queries = episode.query().count();
        Executor forward = compiled.get(
                new Forward(support, queries), () -> MetaNetworkGraph.forward(network, support, queries, type()));
        feedImages(forward, List.of(episode));
        feedSupportLabels(forward, List.of(episode));
        forward.run();
        return new Predictions(List.of(Feed.scores(forward.output("logits"))));
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return STATISTICS;
    }

    @Override
    public Cost cost() {
        return meta.cost();
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        meta.close();
        compiled.close();
    }
}
