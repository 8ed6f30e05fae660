package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.InnerLoop;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The graphs of a gradient learner: inputs "support" and "query" are patches, "support-labels" and "query-labels" one-hot rows. */
final class MetaGraph {
    private MetaGraph() {}

    /** The query loss after adaptation and its gradient by every parameter: see {@link MetaProgram}. */
    static Program metaGradient(GradientNetwork network, TaskShape shape, DataType type) {
        Graph graph = new Graph(shape.tasksPerGraph());
        Map<String, Value> weights = graph.inputs(network.layout());
        Map<String, Value> adapted = adaptation(
                        network, graph, weights, shape.episode().supportSize())
                .last();
        int query = shape.episode().querySize();
        Value logits = network.logits(graph, adapted, "query", query);
        Value labels = graph.taskInput("query-labels", query, network.way());
        Value loss = Losses.crossEntropy(logits, labels);
        return MetaProgram.of(graph, weights, loss, Losses.accuracy(logits, labels, query), Map.of(), type);
    }

    private static InnerLoop.Trajectory adaptation(
            GradientNetwork network, Graph graph, Map<String, Value> weights, int support) {
        Value labels = graph.taskInput("support-labels", support, network.way());
        return network.innerLoop(graph)
                .unroll(
                        weights,
                        network.settings().innerSteps(),
                        w -> Losses.crossEntropy(network.logits(graph, w, "support", support), labels));
    }

    /** One inner step: each adapted parameter after it, by its name. */
    static Program innerStep(GradientNetwork network, int support, DataType type) {
        Graph graph = new Graph();
        Value labels = graph.taskInput("support-labels", support, network.way());
        Map<String, Value> weights = graph.inputs(network.layout());
        Map<String, Value> next = network.innerLoop(graph)
                .unroll(weights, 1, w -> Losses.crossEntropy(network.logits(graph, w, "support", support), labels))
                .last();
        Map<String, Value> outputs = new LinkedHashMap<>(next);
        outputs.keySet().removeIf(network.adapts().negate());
        return Program.of(outputs, type);
    }

    /** Logits ("logits") of a batch ("query"), and its loss. */
    static Program forward(GradientNetwork network, int images, DataType type) {
        Graph graph = new Graph();
        Value logits = network.logits(graph, graph.inputs(network.layout()), "query", images);
        Value loss = Losses.crossEntropy(logits, graph.taskInput("query-labels", images, network.way()));
        return Program.of(Map.of("logits", logits, "loss", loss), type);
    }
}
