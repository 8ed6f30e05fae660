package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Shape;
import io.fewshot4j.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The graphs of prototypical networks over one batch of support and query images ("images"). "assignment" [way, images]
 * averages each class's support images.
 */
final class PrototypeGraph {
    private PrototypeGraph() {}

    /** Loss ("loss") over the {@code queries} images that have a one-hot row in "labels", scores of all ("logits"), gradients ("grad.NAME") and observed statistics. */
    static Program metaGradient(Conv4 network, int images, int way, int queries, DataType type) {
        Graph graph = new Graph();
        Map<String, Value> weights = graph.inputs(network.layout());
        BatchNorm.Observing norm = new BatchNorm.Observing();
        Value logits = logits(graph, network, weights, images, way, norm);
        Value labels = graph.input("labels", images, way);
        Value loss = Ops.scale(Ops.sum(Ops.multiply(Ops.logSoftmax(logits), labels)), -1.0 / queries);
        Map<String, Value> outputs = new LinkedHashMap<>(norm.observed());
        outputs.put("loss", loss);
        outputs.put("logits", logits);
        List<String> names = new ArrayList<>(weights.keySet());
        List<Value> gradients = Gradients.of(loss, new ArrayList<>(weights.values()));
        for (int i = 0; i < names.size(); i++) {
            outputs.put("grad." + names.get(i), gradients.get(i));
        }
        return Program.of(outputs, type);
    }

    /** Scores of all images ("logits"), with statistics of the batch or the running ones. */
    static Program forward(Conv4 network, int images, int way, boolean running, DataType type) {
        Graph graph = new Graph();
        BatchNorm norm = running ? BatchNorm.running(graph.inputs(network.statisticsLayout())) : BatchNorm.batch();
        Value logits = logits(graph, network, graph.inputs(network.layout()), images, way, norm);
        return Program.of(Map.of("logits", logits), type);
    }

    /** -|z - p|^2 + |z|^2 for each image's embedding z and each prototype p: the left-out |z|^2 is the same for all classes. */
    private static Value logits(
            Graph graph, Conv4 network, Map<String, Value> weights, int images, int way, BatchNorm norm) {
        Shape shape = network.inputShape(images);
        Value patches = graph.input("images", shape.rows(), shape.columns());
        Value embeddings = network.forward(weights, patches, images, norm);
        Value prototypes = Ops.matmul(graph.input("assignment", way, images), embeddings);
        Value lengths = Ops.reshape(Ops.rowSum(Ops.multiply(prototypes, prototypes)), 1, way);
        return Ops.subtract(Ops.scale(Ops.matmul(embeddings, prototypes, false, true), 2), lengths);
    }
}
