package io.fewshot4j.learner.metric;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Losses;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The graphs of a metric learner. Inputs are a batch of support images and queries ("images"), or a batch of each
 * ("support", "query"), as {@link SetInput}; 1 / shots at each class's support images ("shares", [way, support
 * images]).
 */
final class MetricGraph {
    private final Metric metric;
    private final Graph graph;
    private final Size size;
    private final Map<String, Value> weights;

    private MetricGraph(Metric metric, Graph graph, Size size) {
        this.metric = metric;
        this.graph = graph;
        this.size = size;
        this.weights = graph.inputs(metric.layout());
    }

    /** Classes, support images and queries of an episode. */
    record Size(int way, int support, int queries) {
        static Size of(EpisodeShape shape) {
            return new Size(shape.way(), shape.supportSize(), shape.querySize());
        }
    }

    /** Support images and then queries, as one batch. */
    static SetInput together(Metric metric, Size size) {
        return set(metric, size, "images", size.support() + size.queries());
    }

    static SetInput support(Metric metric, Size size) {
        return set(metric, size, "support", size.support());
    }

    static SetInput query(Metric metric, Size size) {
        return set(metric, size, "query", size.queries());
    }

    private static SetInput set(Metric metric, Size size, String name, int count) {
        return new SetInput(name, count, metric.embedding()::encoding, size.way());
    }

    /** The loss over queries: see {@link MetaProgram}. */
    static Program metaGradient(Metric metric, TaskShape shape, DataType type) {
        Size size = Size.of(shape.episode());
        Graph graph = new Graph(shape.tasksPerGraph());
        MetricGraph parts = new MetricGraph(metric, graph, size);
        BatchNorm.Observing norm = new BatchNorm.Observing();
        Answer answer = parts.answer(metric.oneBatch(), norm);
        Value labels = query(metric, size).targets(graph);
        Value accuracy = Losses.accuracy(answer.logits(), labels, size.queries());
        return MetaProgram.of(
                graph, parts.weights, answer.loss().apply(labels), Optional.of(accuracy), norm.observed(), type);
    }

    /**
     * Scores of the queries ("logits").
     *
     * @param tasks support sets with their queries that are scored side by side, each a task of the graph
     */
    static Program forward(Metric metric, Size size, int tasks, BatchStatistics statistics, DataType type) {
        Graph graph = new Graph(tasks);
        BatchNorm norm = statistics == BatchStatistics.RUNNING
                ? BatchNorm.running(graph.inputs(metric.statisticsLayout()))
                : BatchNorm.batch();
        Answer answer = new MetricGraph(metric, graph, size).answer(oneBatch(metric, statistics), norm);
        return Program.of(Map.of("logits", answer.logits()), type);
    }

    /** Whether all images are one batch: always where one query shares the support set's statistics. */
    static boolean oneBatch(Metric metric, BatchStatistics statistics) {
        return metric.oneBatch() || statistics == BatchStatistics.SUPPORT_AND_ONE_QUERY;
    }

    private Answer answer(boolean oneBatch, BatchNorm norm) {
        Value shares = graph.taskInput("shares", size.way(), size.support());
        int queries = size.queries();
        Embedded task = oneBatch
                ? Embedded.together(graph, weights, shares, queries, embed(together(metric, size), norm))
                : Embedded.apart(
                        graph,
                        weights,
                        shares,
                        queries,
                        embed(support(metric, size), norm),
                        embed(query(metric, size), norm));
        return metric.compare(task, norm);
    }

    private Value embed(SetInput set, BatchNorm norm) {
        return metric.embedding().forward(weights, set.images(graph), set.count(), norm);
    }
}
