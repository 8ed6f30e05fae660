package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.Losses;
import java.util.function.UnaryOperator;

/**
 * Result of a comparison for a task's queries.
 *
 * @param logits [queries, way]: their softmax is the probability of each class
 * @param loss of one-hot labels [queries, way]
 */
public record Answer(Value logits, UnaryOperator<Value> loss) {
    /** Likelihoods smaller than any that matter: their logarithm is still a float. */
    static final double NOTHING = 1e-30;

    /** Logits that are trained by cross-entropy. */
    public static Answer of(Value logits) {
        return new Answer(logits, labels -> Losses.crossEntropy(logits, labels));
    }

    /**
     * The logarithm of what is in proportion to probabilities; what is less than {@code leastLikelihood} counts as it.
     */
    static Value logits(Graph graph, Value likelihoods, double leastLikelihood) {
        Value least = graph.filled(1, 1, leastLikelihood);
        return Functions.log(Ops.add(Ops.relu(Ops.subtract(likelihoods, least)), least));
    }
}
