package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.RootMeanSquare;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.gradient.ReptileSettings.InnerOptimizer;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * State that an inner step changes: weights and, for Adam, statistics.
 *
 * <p>Adam has beta1 = 0. Its second moment goes on from task to task as statistics of the model: for each weight an
 * average with decay 0.999 of squared gradients, and for all the same average of ones, which is the share of it that
 * gradients make up so far (1 - 0.999^steps) and corrects it. Every task of a meta-batch begins from the model's
 * statistics, and the mean of what they end with is seen. With meta-batch 1 and statistics-momentum 1 this is what the
 * paper's code does, where tasks follow each other; in larger meta-batches a meta-update counts as the inner steps of
 * one task whose squared gradients are means over the tasks. So tasks are independent of each other, and any
 * statistics-momentum leaves a corrected average.
 *
 * @param weights by name
 * @param statistics by the name of {@link #statisticsLayout}; none for SGD
 * @param updates what the last step took from each weight; none at the start
 */
record InnerState(Graph graph, Map<String, Value> weights, Map<String, Value> statistics, Map<String, Value> updates) {
    private static final String MOMENT = "second-moment.";
    private static final String SHARE = "second-moment-share";
    private static final double DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    /** The model's statistics. */
    static ParameterLayout statisticsLayout(ReptileSettings settings, ParameterLayout parameters) {
        ParameterLayout layout = ParameterLayout.none();
        if (settings.innerOptimizer() == InnerOptimizer.SGD) {
            return layout;
        }
        for (ParameterLayout.Entry entry : parameters.entries()) {
            layout = layout.with(MOMENT + entry.name(), entry.dimensions());
        }
        return layout.with(SHARE, 1, 1);
    }

    /** The model's, as inputs of a graph. */
    static InnerState start(Graph graph, ReptileNetwork network) {
        return new InnerState(
                graph, graph.inputs(network.layout()), graph.inputs(network.statisticsLayout()), Map.of());
    }

    /** After a step down the gradient of a loss. */
    InnerState step(ReptileSettings settings, Value loss) {
        Map<String, Value> gradients = Gradients.of(loss, weights);
        return statistics.isEmpty() ? sgd(settings, gradients) : adam(settings, gradients);
    }

    private InnerState sgd(ReptileSettings settings, Map<String, Value> gradients) {
        Map<String, Value> taken = new LinkedHashMap<>(gradients);
        taken.replaceAll((name, gradient) -> Ops.scale(gradient, settings.innerLearningRate()));
        return moved(taken, Map.of());
    }

    private InnerState adam(ReptileSettings settings, Map<String, Value> gradients) {
        Map<String, Value> taken = new LinkedHashMap<>();
        Map<String, Value> averages = new LinkedHashMap<>();
        gradients.forEach((name, gradient) -> {
            Value moment = Lookup.in(statistics, MOMENT + name);
            RootMeanSquare adam = RootMeanSquare.of(gradient, moment, DECAY, EPSILON);
            averages.put(MOMENT + name, adam.average());
            taken.put(name, Ops.multiply(adam.scaled(), rate(settings)));
        });
        averages.put(SHARE, share());
        return moved(taken, averages);
    }

    private InnerState moved(Map<String, Value> taken, Map<String, Value> averages) {
        Map<String, Value> next = new LinkedHashMap<>(weights);
        next.replaceAll((name, weight) -> Ops.subtract(weight, Lookup.in(taken, name)));
        return new InnerState(graph, next, averages, taken);
    }

    /** Rate with TensorFlow's bias correction, which leaves the second moment beside epsilon alone. */
    private Value rate(ReptileSettings settings) {
        return Ops.scale(Ops.power(share(), 0.5), settings.innerLearningRate());
    }

    private Value share() {
        Value before = Lookup.in(statistics, SHARE);
        return Ops.add(Ops.scale(before, DECAY), graph.filled(1, 1, 1 - DECAY));
    }
}
