package io.fewshot4j.nn;

import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;

/** Reads of rows by similarity: each query's weighted mean of the values. */
public final class Attention {
    private Attention() {}

    /** softmax(scores) values: [queries, features] of scores [queries, values] and values [values, features]. */
    public static Value of(Value scores, Value values) {
        return Ops.matmul(Ops.softmax(scores), values);
    }

    /**
     * Scores by content: sharpness x cosine(query, key).
     *
     * @param sharpness one for each query [queries, 1], or a scalar
     * @param epsilon see {@link Distances#cosine}
     */
    public static Value scores(Value queries, Value keys, Value sharpness, double epsilon) {
        return Ops.multiply(Distances.cosine(queries, keys, epsilon), sharpness);
    }
}
