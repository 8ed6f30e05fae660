package io.fewshot4j.learner.metric;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The graphs of a metric learner. Inputs are a batch of support images and queries ("images"), or a batch of each
 * ("support", "query"); 1 / shots at each class's support images ("shares", [way, support images]); one-hot rows of the
 * queries ("labels").
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
        static Size of(Episode episode) {
            return new Size(
                    episode.way(), episode.support().count(), episode.query().count());
        }
    }

    /** The loss over queries: see {@link MetaProgram}. */
    static Program metaGradient(Metric metric, TaskShape shape, DataType type) {
        EpisodeShape episode = shape.episode();
        Graph graph = new Graph(shape.tasksPerGraph());
        MetricGraph parts =
                new MetricGraph(metric, graph, new Size(episode.way(), episode.supportSize(), episode.querySize()));
        BatchNorm.Observing norm = new BatchNorm.Observing();
        Answer answer = parts.answer(metric.oneBatch(), norm);
        Value labels = graph.taskInput("labels", episode.querySize(), episode.way());
        Value accuracy = Losses.accuracy(answer.logits(), labels, episode.querySize());
        return MetaProgram.of(graph, parts.weights, answer.loss().apply(labels), accuracy, norm.observed(), type);
    }

    /** Scores of the queries ("logits"). */
    static Program forward(Metric metric, Size size, BatchStatistics statistics, DataType type) {
        Graph graph = new Graph();
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
                ? Embedded.together(graph, weights, shares, queries, embed("images", size.support() + queries, norm))
                : Embedded.apart(
                        graph,
                        weights,
                        shares,
                        queries,
                        embed("support", size.support(), norm),
                        embed("query", queries, norm));
        return metric.compare(task, norm);
    }

    private Value embed(String input, int images, BatchNorm norm) {
        Embedding embedding = metric.embedding();
        Value pixels = embedding.network().input(graph, input, images);
        return embedding.embed(weights, embedding.network().forward(weights, pixels, images, norm), images);
    }
}
