package io.fewshot4j.learner.baseline;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Network;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;

/** A network and the last layer on it, which scores classes. */
record ClassNetwork(Network body, Head head) {
    /** A network with the last layer of some settings. */
    static ClassNetwork of(Baseline.Settings settings, Network body, int classes) {
        return new ClassNetwork(body, Head.of(settings, body.features(), classes));
    }

    /** Trained arrays: the body's, then the head's. */
    ParameterLayout layout() {
        return body.layout().with(head.layout());
    }

    /** A set of examples as inputs of a graph. */
    SetInput set(String name, int count) {
        return new SetInput(name, count, body::encoding, head.classes());
    }

    /** Scores [images, classes] of a set. */
    Value scores(Graph graph, Map<String, Value> weights, SetInput set, BatchNorm norm) {
        return head.forward(weights, body.forward(weights, set.images(graph), set.count(), norm));
    }
}
