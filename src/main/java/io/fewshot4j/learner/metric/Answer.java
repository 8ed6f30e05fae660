package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import java.util.function.UnaryOperator;

/**
 * What a comparison says of a task's queries.
 *
 * @param logits [queries, way]: their softmax is the probability of each class
 * @param loss of one-hot labels [queries, way]
 */
record Answer(Value logits, UnaryOperator<Value> loss) {
    private static final double LEAST = 1e-8;

    /** Logits that are trained by cross-entropy. */
    static Answer of(Value logits) {
        return new Answer(logits, labels -> Losses.crossEntropy(logits, labels));
    }

    /** The logarithm of what is in proportion to probabilities, none below 1e-8. */
    static Value logits(Graph graph, Value likelihoods) {
        Value least = graph.filled(1, 1, LEAST);
        return Functions.log(Ops.add(Ops.relu(Ops.subtract(likelihoods, least)), least));
    }
}
