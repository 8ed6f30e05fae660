package io.fewshot4j.nn;

import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;

/** Scalars to minimise. */
public final class Losses {
    private Losses() {}

    /** The mean over rows of -log softmax(logits)[label]; {@code labels} are one-hot rows. */
    public static Value crossEntropy(Value logits, Value labels) {
        return crossEntropy(logits, labels, logits.rows());
    }

    /**
     * Mean over labelled rows of -log softmax(logits)[label].
     *
     * @param labels one-hot rows; rows of zeros do not count
     * @param labelled how many rows have a label
     */
    public static Value crossEntropy(Value logits, Value labels, int labelled) {
        return Ops.scale(Ops.sum(Ops.multiply(Ops.logSoftmax(logits), labels)), -1.0 / labelled);
    }

    /** The mean over all entries of the squared difference. */
    public static Value meanSquaredError(Value predictions, Value targets) {
        Value difference = Ops.subtract(predictions, targets);
        return Ops.scale(
                Ops.sum(Ops.multiply(difference, difference)),
                1.0 / difference.shape().length());
    }

    /**
     * The share of labelled rows whose highest logit is their label's. Its gradient is 0.
     *
     * @param labels one-hot rows; rows of zeros do not count
     * @param labelled how many rows have a label
     */
    public static Value accuracy(Value logits, Value labels, int labelled) {
        Value chosen = Ops.rowSum(Ops.multiply(logits, labels));
        Value wrong = Functions.step(Ops.subtract(Ops.rowMax(logits), chosen));
        Value counted = Ops.rowSum(labels);
        return Ops.scale(Ops.sum(Ops.subtract(counted, Ops.multiply(counted, wrong))), 1.0 / labelled);
    }
}
