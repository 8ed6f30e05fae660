package io.fewshot4j.learner.memory;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.EpisodeFeed;
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

/** Makes fast weights from the support set, then answers each query with its own. */
final class MetaNetworkLearner implements Learner {
    /** It has no batch normalisation: each query is answered alone. */
    private static final Set<BatchStatistics> STATISTICS = EnumSet.of(BatchStatistics.SUPPORT_AND_ONE_QUERY);

    private record Forward(int support, int queries) {}

    private final MetaNetwork network;
    private final EpisodeFeed feed;
    private final TaskShape shape;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;

    MetaNetworkLearner(MetaNetwork network, TaskShape shape, Model model) {
        this.network = network;
        this.feed = new EpisodeFeed(network.images().patches(), network.way());
        this.shape = shape;
        this.model = model;
        this.meta = new MetaExecutor(() -> MetaNetworkGraph.metaGradient(network, shape, model.type()), model, shape);
        this.compiled = new Compiled(model.parameters());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, feed::sets);
    }

    /** With order 1 the gradients of the support losses stay as they are at the beginning. */
    @Override
    public Objective objective(List<Episode> tasks) {
        TaskShape single = shape.withTasksPerGraph(1);
        Executor loss = compiled.get("loss", () -> MetaNetworkGraph.loss(network, single, model.type()));
        List<Map<String, double[]>> fixed = tasks.stream()
                .map(task -> network.settings().order() == 1 ? gradients(task, single) : Map.<String, double[]>of())
                .toList();
        return () -> IntStream.range(0, tasks.size())
                .mapToDouble(i -> loss(loss, tasks.get(i), fixed.get(i)))
                .average()
                .orElseThrow();
    }

    private Map<String, double[]> gradients(Episode task, TaskShape single) {
        Executor executor = compiled.get("gradients", () -> MetaNetworkGraph.gradients(network, single, model.type()));
        feed.set(executor, "support", List.of(task.support()));
        executor.run();
        Map<String, double[]> gradients = new HashMap<>();
        for (String name : executor.plan().outputs().keySet()) {
            gradients.put(name, Transfer.read(executor.output(name)));
        }
        return gradients;
    }

    private double loss(Executor loss, Episode task, Map<String, double[]> fixed) {
        feed.set(loss, "query", List.of(task.query()));
        if (fixed.isEmpty()) {
            feed.set(loss, "support", List.of(task.support()));
        } else {
            Feed.images(loss, "support", feed.patches(), List.of(task.support()));
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
                new Forward(support, queries), () -> MetaNetworkGraph.forward(network, support, queries, model.type()));
        feed.set(forward, "support", List.of(episode.support()));
        Feed.images(forward, "query", feed.patches(), List.of(episode.query()));
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
