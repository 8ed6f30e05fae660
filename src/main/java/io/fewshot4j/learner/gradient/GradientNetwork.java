package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.InnerLoop;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Conv4 with a linear head, as values of a graph.
 *
 * @param adapts which parameters inner steps change
 */
record GradientNetwork(GradientSettings settings, Conv4 body, int way, Predicate<String> adapts) {
    GradientNetwork(GradientSettings settings, TaskShape shape, Predicate<String> adapts) {
        this(settings, settings.network(shape.image()), shape.episode().way(), adapts);
    }

    ParameterLayout layout() {
        return body.layout().with("fc.weight", body.features(), way).with("fc.bias", way);
    }

    /** [images, way] from an input called {@code set}. */
    Value logits(Graph graph, Map<String, Value> weights, String set, int images) {
        Value features = body.forward(weights, body.input(graph, set, images), images, BatchNorm.batch());
        return Ops.add(Ops.matmul(features, Lookup.in(weights, "fc.weight")), Lookup.in(weights, "fc.bias"));
    }

    InnerLoop innerLoop(Graph graph) {
        Value rate = graph.filled(1, 1, settings.innerLearningRate());
        return new InnerLoop(adapts, InnerLoop.gradientDescent(rate), settings.order() == 2);
    }
}
