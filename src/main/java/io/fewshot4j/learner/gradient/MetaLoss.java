package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.InnerLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task's loss on its queries after inner steps on its support set; without inner steps, on its support set. Inputs:
 * the sets "support" and "query" (see {@link SetInput}), and where every step's loss counts, its weight, a scalar: see
 * {@link #stepWeight}.
 *
 * @param parameters by name
 * @param accuracy after the last step
 */
record MetaLoss(Graph graph, Map<String, Value> parameters, Value loss, Optional<Value> accuracy) {
    /** Changes the rule of a step. */
    @FunctionalInterface
    interface RuleChange {
        /** No change. */
        RuleChange NONE = (graph, step, rule) -> rule;

        InnerLoop.Rule change(Graph graph, int step, InnerLoop.Rule rule);
    }

    static MetaLoss of(GradientNetwork network, Stage stage, TaskShape shape, RuleChange change) {
        Graph graph = new Graph(shape.tasksPerGraph());
        Map<String, Value> parameters = graph.inputs(network.layout());
        Map<String, Value> weights = parameters;
        int steps = stage.adapts() ? network.settings().innerSteps() : 0;
        SetInput scored = stage.adapts() ? shape.query() : shape.support();
        List<Value> outputs = new ArrayList<>();
        if (steps == 0) {
            outputs.add(outputs(network, graph, weights, 0, scored));
        }
        for (int step = 0; step < steps; step++) {
            InnerLoop.Rule rule = change.change(graph, step, network.rule(graph, weights, step));
            weights = step(network, graph, weights, new Step(step, stage.order(), rule), shape.support());
            if (step == steps - 1 || stage.everyStep()) {
                outputs.add(outputs(network, graph, weights, step, scored));
            }
        }
        Value targets = scored.targets(graph);
        List<Value> losses = outputs.stream()
                .map(one -> shape.objective().loss(one, targets))
                .toList();
        Value loss = stage.everyStep() ? weighted(graph, losses) : losses.get(0);
        return new MetaLoss(
                graph, parameters, loss, shape.objective().accuracy(outputs.get(outputs.size() - 1), targets));
    }

    private static Value outputs(
            GradientNetwork network, Graph graph, Map<String, Value> weights, int step, SetInput set) {
        return network.outputs(weights, step, set.images(graph), set.count(), BatchNorm.batch());
    }

    /** The sum of the steps' losses, each times its weight. */
    private static Value weighted(Graph graph, List<Value> losses) {
        Value sum = graph.filled(1, 1, 0);
        for (int step = 0; step < losses.size(); step++) {
            sum = Ops.add(Ops.multiply(losses.get(step), graph.input(stepWeight(step), 1, 1)), sum);
        }
        return sum;
    }

    /** Name of the weight of a step's loss. */
    static String stepWeight(int step) {
        return "step-weight" + step;
    }

    /** An inner step, counted from 0. */
    record Step(int number, int order, InnerLoop.Rule rule) {}

    /** The weights after one inner step on a set. */
    static Map<String, Value> step(
            GradientNetwork network, Graph graph, Map<String, Value> weights, Step step, SetInput set) {
        Value targets = set.targets(graph);
        return new InnerLoop(network.adaptedAt(step.number)::containsKey, step.rule, step.order == 2)
                .unroll(
                        weights,
                        1,
                        w -> network.shape().objective().loss(outputs(network, graph, w, step.number, set), targets))
                .last();
    }
}
