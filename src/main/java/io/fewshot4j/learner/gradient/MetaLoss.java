package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.InnerLoop;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A task's loss on its queries after inner steps on its support set. Inputs: patches "support" and "query", one-hot rows
 * "support-labels" and "query-labels", and where every step's loss counts, its weight, a scalar: see {@link #stepWeight}.
 *
 * @param parameters by name
 * @param accuracy after the last step
 */
record MetaLoss(Graph graph, Map<String, Value> parameters, Value loss, Value accuracy) {
    /** Changes the rule of a step. */
    @FunctionalInterface
    interface RuleChange {
        /** No change. */
        RuleChange NONE = (graph, step, rule) -> rule;

        InnerLoop.UpdateRule change(Graph graph, int step, InnerLoop.UpdateRule rule);
    }

    static MetaLoss of(GradientNetwork network, Stage stage, TaskShape shape, RuleChange change) {
        Graph graph = new Graph(shape.tasksPerGraph());
        Map<String, Value> parameters = graph.inputs(network.layout());
        EpisodeShape episode = shape.episode();
        Map<String, Value> weights = parameters;
        int last = network.settings().innerSteps() - 1;
        List<Value> logits = new ArrayList<>();
        for (int step = 0; step <= last; step++) {
            InnerLoop.UpdateRule rule = change.change(graph, step, network.rule(graph, weights, step));
            weights = step(network, graph, weights, new Step(step, stage.order(), rule), episode.supportSize());
            if (step == last || stage.everyStep()) {
                logits.add(network.logits(graph, weights, step, "query", episode.querySize()));
            }
        }
        Value labels = graph.taskInput("query-labels", episode.querySize(), network.way());
        List<Value> losses =
                logits.stream().map(one -> Losses.crossEntropy(one, labels)).toList();
        Value accuracy = Losses.accuracy(logits.get(logits.size() - 1), labels, episode.querySize());
        return new MetaLoss(graph, parameters, stage.everyStep() ? weighted(graph, losses) : losses.get(0), accuracy);
    }

    /** The sum of the steps' losses, each times its weight. */
    private static Value weighted(Graph graph, List<Value> losses) {
        Value sum = graph.filled(1, 1, 0);
        for (int step = 0; step < losses.size(); step++) {
            sum = Ops.add(Ops.multiply(losses.get(step), graph.input(stepWeight(step), 1, 1)), sum);
        }
        return sum;
    }

    /** What the weight of a step's loss is called. */
    static String stepWeight(int step) {
        return "step-weight" + step;
    }

    /** An inner step, counted from 0. */
    record Step(int number, int order, InnerLoop.UpdateRule rule) {}

    /** The weights after one inner step. */
    static Map<String, Value> step(
            GradientNetwork network, Graph graph, Map<String, Value> weights, Step step, int images) {
        Value labels = graph.taskInput("support-labels", images, network.way());
        return new InnerLoop(network.adaptedAt(step.number)::containsKey, step.rule, step.order == 2)
                .unroll(
                        weights,
                        1,
                        w -> Losses.crossEntropy(network.logits(graph, w, step.number, "support", images), labels))
                .last();
    }
}
