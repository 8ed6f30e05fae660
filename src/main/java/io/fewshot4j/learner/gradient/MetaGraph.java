package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The programs of a gradient learner; the inputs are {@link MetaLoss}'s. */
final class MetaGraph {
    static final String LOSS = "loss";

    private MetaGraph() {}

    /** The query loss after adaptation and its gradient by every parameter: see {@link MetaProgram}. */
    static Program metaGradient(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        MetaLoss task = MetaLoss.of(network, stage, shape, MetaLoss.RuleChange.NONE);
        return MetaProgram.of(task.graph(), task.parameters(), task.loss(), task.accuracy(), Map.of(), type);
    }

    /** What an inner gradient is called; and the inner loss, as that of a parameter {@link #LOSS}. */
    static String fixed(int step, String parameter) {
        return "fixed" + step + "." + parameter;
    }

    /** The inner gradients and losses: see {@link #fixed}. */
    static Program innerGradients(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        Map<String, Value> seen = new LinkedHashMap<>();
        MetaLoss.of(network, stage, shape, (graph, step, rule) -> (weights, gradients, loss) -> {
            gradients.forEach((name, gradient) -> seen.put(fixed(step, name), gradient));
            seen.put(fixed(step, LOSS), loss);
            return rule.next(weights, gradients, loss);
        });
        return Program.of(seen, type);
    }

    /** The query loss ("loss"); with order 1 the inner gradients and losses are inputs, see {@link #fixed}. */
    static Program loss(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        MetaLoss.RuleChange fixed = (graph, step, rule) -> (weights, gradients, loss) -> {
            Map<String, Value> given = new LinkedHashMap<>(gradients);
            given.replaceAll(
                    (name, gradient) -> graph.taskInput(fixed(step, name), gradient.rows(), gradient.columns()));
            return rule.next(weights, given, graph.taskInput(fixed(step, LOSS), 1, 1));
        };
        MetaLoss.RuleChange change = stage.order() == 1 ? fixed : MetaLoss.RuleChange.NONE;
        return Program.of(
                Map.of(LOSS, MetaLoss.of(network, stage, shape, change).loss()), type);
    }

    /** One inner step: each adapted parameter after it, and what the rule remembers, by name. */
    static Program innerStep(GradientNetwork network, int step, int support, DataType type) {
        Graph graph = new Graph();
        Map<String, Value> weights = graph.inputs(network.layout().with(network.memory()));
        MetaLoss.Step plain = new MetaLoss.Step(step, 1, network.rule(graph, weights, step));
        Map<String, Value> next = MetaLoss.step(network, graph, weights, plain, support);
        Map<String, Value> outputs = new LinkedHashMap<>(next);
        outputs.keySet().retainAll(network.changedAt(step));
        return Program.of(outputs, type);
    }

    /** Logits ("logits") of batches ("query") of so many images, each a task's, as at an inner step. */
    static Program forward(GradientNetwork network, int step, int batches, int images, DataType type) {
        Graph graph = new Graph(batches);
        Value logits = network.logits(graph, graph.inputs(network.layout()), step, "query", images);
        return Program.of(Map.of("logits", logits), type);
    }

    /** The same, normalised by what the support set ("support") gives. */
    static Program forwardBySupport(GradientNetwork network, int step, int support, int queries, DataType type) {
        Graph graph = new Graph();
        Map<String, Value> weights = graph.inputs(network.layout());
        Value images = network.body().input(graph, "support", support);
        BatchNorm.Observing observing = new BatchNorm.Observing();
        network.logits(weights, step, images, support, observing);
        Value query = network.body().input(graph, "query", queries);
        Value logits = network.logits(weights, step, query, queries, BatchNorm.running(observing.observed()));
        return Program.of(Map.of("logits", logits), type);
    }
}
