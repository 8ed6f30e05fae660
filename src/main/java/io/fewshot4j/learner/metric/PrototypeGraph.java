package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Distances;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The graphs of prototypical networks over one batch of support and query images ("images"). "assignment" [way, images]
 * averages each class's support images.
 */
final class PrototypeGraph {
    private PrototypeGraph() {}

    /** The loss over query images, which have a one-hot row in "labels", where support images have zeros: see {@link MetaProgram}. */
    static Program metaGradient(Conv4 network, TaskShape shape, DataType type) {
        Graph graph = new Graph(shape.tasksPerGraph());
        Map<String, Value> weights = graph.inputs(network.layout());
        int queries = shape.episode().querySize();
        int images = shape.episode().supportSize() + queries;
        int way = shape.episode().way();
        BatchNorm.Observing norm = new BatchNorm.Observing();
        Value logits = logits(graph, network, weights, images, way, norm);
        Value labels = graph.taskInput("labels", images, way);
        Value loss = Losses.crossEntropy(logits, labels, queries);
        Value accuracy = Losses.accuracy(logits, labels, queries);
        return MetaProgram.of(graph, weights, loss, accuracy, norm.observed(), type);
    }

    /** Scores of all images ("logits"), with statistics of the batch or the running ones. */
    static Program forward(Conv4 network, int images, int way, boolean running, DataType type) {
        Graph graph = new Graph();
        BatchNorm norm = running ? BatchNorm.running(graph.inputs(network.statisticsLayout())) : BatchNorm.batch();
        Value logits = logits(graph, network, graph.inputs(network.layout()), images, way, norm);
        return Program.of(Map.of("logits", logits), type);
    }

    private static Value logits(
            Graph graph, Conv4 network, Map<String, Value> weights, int images, int way, BatchNorm norm) {
        Value embeddings = network.forward(weights, network.input(graph, "images", images), images, norm);
        Value prototypes = Ops.matmul(graph.taskInput("assignment", way, images), embeddings);
        return Distances.euclideanLogits(embeddings, prototypes);
    }
}
