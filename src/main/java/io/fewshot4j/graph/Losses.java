package io.fewshot4j.graph;

/** Scalars to minimise. */
public final class Losses {
    private Losses() {}

    /** The mean over rows of -log softmax(logits)[label]; {@code labels} are one-hot rows. */
    public static Value crossEntropy(Value logits, Value labels) {
        return Ops.scale(Ops.sum(Ops.multiply(Ops.logSoftmax(logits), labels)), -1.0 / logits.rows());
    }
}
