package io.fewshot4j.learner.memory;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.ModelLoss;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
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
    private final TaskShape shape;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;

    MetaNetworkLearner(MetaNetwork network, TaskShape shape, Model model) {
        this.network = network;
        this.shape = shape;
        this.model = model;
        this.meta = new MetaExecutor(() -> MetaNetworkGraph.metaGradient(network, shape, model.type()), model, shape);
        this.compiled = new Compiled(model.parameters());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<Episode> tasks) {
        EpisodeShape episode = shape.episode();
        network.set("support", episode.supportSize())
                .feed(executor, tasks.stream().map(Episode::support).toList());
        network.set("query", episode.querySize())
                .feed(executor, tasks.stream().map(Episode::query).toList());
    }

    /** Returns the loss; with order 1 the gradients of the support losses stay as they are at the beginning. */
    @Override
    public ModelLoss loss(List<Episode> tasks) {
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
        feed(executor, List.of(task));
        executor.run();
        Map<String, double[]> gradients = new HashMap<>();
        for (String name : executor.outputs()) {
            gradients.put(name, Transfer.read(executor.output(name)));
        }
        return gradients;
    }

    private double loss(Executor loss, Episode task, Map<String, double[]> fixed) {
        feed(loss, List.of(task));
        fixed.forEach((name, values) -> Transfer.write(values, loss.input(name)));
        loss.run();
        return Transfer.read(loss.output("loss"))[0];
    }

    /** Each set of queries is answered by fast weights that are made of the support set anew, in one graph. */
    @Override
    public Adapted adapt(Support support) {
        shape.requireWay("metanet", support);
        return (queries, statistics) -> {
            statistics.requireIn(STATISTICS, "metanet");
            return scores(support.examples(), queries);
        };
    }

    private Scores scores(LabelledImages support, LabelledImages queries) {
        Forward key = new Forward(support.count(), queries.count());
        Executor forward =
                compiled.get(key, () -> MetaNetworkGraph.forward(network, key.support(), key.queries(), model.type()));
        network.set("support", support.count()).feed(forward, List.of(support));
        network.set("query", queries.count()).feed(forward, List.of(queries));
        forward.run();
        return Scores.of(shape.objective(), forward.output("logits"));
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
