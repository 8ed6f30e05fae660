package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
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

    /** Name of an inner gradient; and the inner loss, as that of a parameter {@link #LOSS}. */
    static String held(int step, String parameter) {
        return "held" + step + "." + parameter;
    }

    /** The inner gradients and losses: see {@link #held}. */
    static Program innerGradients(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        Map<String, Value> seen = new LinkedHashMap<>();
        MetaLoss.of(network, stage, shape, (graph, step, rule) -> (weights, gradients, loss) -> {
            gradients.forEach((name, gradient) -> seen.put(held(step, name), gradient));
            seen.put(held(step, LOSS), loss);
            return rule.next(weights, gradients, loss);
        });
        return Program.of(seen, type);
    }

    /** The query loss ("loss"); with order 1 the inner gradients and losses are inputs, see {@link #held}. */
    static Program loss(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
        MetaLoss.RuleChange held = (graph, step, rule) -> (weights, gradients, loss) -> {
            Map<String, Value> given = new LinkedHashMap<>(gradients);
            given.replaceAll(
                    (name, gradient) -> graph.taskInput(held(step, name), gradient.rows(), gradient.columns()));
            return rule.next(weights, given, graph.taskInput(held(step, LOSS), 1, 1));
        };
        MetaLoss.RuleChange change = stage.order() == 1 ? held : MetaLoss.RuleChange.NONE;
        return Program.of(
                Map.of(LOSS, MetaLoss.of(network, stage, shape, change).loss()), type);
    }

    /** One inner step on a set: each adapted parameter after it, and what the rule remembers, by name. */
    static Program innerStep(GradientNetwork network, int step, SetInput set, DataType type) {
        Graph graph = new Graph();
        Map<String, Value> weights = graph.inputs(network.layout().with(network.memory()));
        MetaLoss.Step plain = new MetaLoss.Step(step, 1, network.rule(graph, weights, step));
        Map<String, Value> next = MetaLoss.step(network, graph, weights, plain, set);
        Map<String, Value> outputs = new LinkedHashMap<>(next);
        outputs.keySet().retainAll(network.changedAt(step));
        return Program.of(outputs, type);
    }

    /** Outputs of batches, each a task's, as at an inner step. */
    static Program forward(GradientNetwork network, int step, int batches, SetInput set, DataType type) {
        Graph graph = new Graph(batches);
        Value outputs = network.outputs(
                graph.inputs(network.layout()), step, set.images(graph), set.count(), BatchNorm.batch());
        return Program.of(Map.of(AdaptationGraphs.OUTPUTS, outputs), type);
    }

    /** Outputs of queries, normalised by the statistics of a support set. */
    static Program forwardBySupport(
            GradientNetwork network, int step, SetInput support, SetInput query, DataType type) {
        Graph graph = new Graph();
        Map<String, Value> weights = graph.inputs(network.layout());
        BatchNorm.Observing observing = new BatchNorm.Observing();
        network.outputs(weights, step, support.images(graph), support.count(), observing);
        BatchNorm observed = BatchNorm.running(observing.observed());
        Value outputs = network.outputs(weights, step, query.images(graph), query.count(), observed);
        return Program.of(Map.of(AdaptationGraphs.OUTPUTS, outputs), type);
    }
}
