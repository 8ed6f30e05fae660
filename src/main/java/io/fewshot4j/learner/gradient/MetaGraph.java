package io.fewshot4j.learner.gradient;

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
    private MetaGraph() {}

    /** The query loss after adaptation and its gradient by every parameter: see {@link MetaProgram}. */
    static Program metaGradient(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        MetaLoss task = MetaLoss.of(network, stage, shape, MetaLoss.RuleChange.NONE);
        return MetaProgram.of(task.graph(), task.parameters(), task.loss(), task.accuracy(), Map.of(), type);
    }

    /** What an inner gradient is called. */
    static String fixed(int step, String parameter) {
        return "fixed" + step + "." + parameter;
    }

    /** The inner gradients: see {@link #fixed}. */
    static Program innerGradients(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        Map<String, Value> gradients = new LinkedHashMap<>();
        MetaLoss.of(network, stage, shape, (graph, step, rule) -> (name, weight, gradient) -> {
            gradients.put(fixed(step, name), gradient);
            return rule.update(name, weight, gradient);
        });
        return Program.of(gradients, type);
    }

    /** The query loss ("loss"); with order 1 the inner gradients are inputs, see {@link #fixed}. */
    static Program loss(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        MetaLoss.RuleChange fixed = (graph, step, rule) -> (name, weight, gradient) ->
                rule.update(name, weight, graph.taskInput(fixed(step, name), gradient.rows(), gradient.columns()));
        MetaLoss.RuleChange change = stage.order() == 1 ? fixed : MetaLoss.RuleChange.NONE;
        return Program.of(
                Map.of("loss", MetaLoss.of(network, stage, shape, change).loss()), type);
    }

    /** One inner step: each adapted parameter after it, by its name. */
    static Program innerStep(GradientNetwork network, int step, int support, DataType type) {
        Graph graph = new Graph();
        Map<String, Value> weights = graph.inputs(network.layout());
        MetaLoss.Step plain = new MetaLoss.Step(step, 1, network.rule(graph, weights, step));
        Map<String, Value> next = MetaLoss.step(network, graph, weights, plain, support);
        Map<String, Value> outputs = new LinkedHashMap<>(next);
        outputs.keySet().retainAll(network.adaptedAt(step).keySet());
        return Program.of(outputs, type);
    }

    /** Logits ("logits") of a batch ("query") as at an inner step. */
    static Program forward(GradientNetwork network, int step, int images, DataType type) {
        Graph graph = new Graph();
        Value logits = network.logits(graph, graph.inputs(network.layout()), step, "query", images);
        return Program.of(Map.of("logits", logits), type);
    }
}
