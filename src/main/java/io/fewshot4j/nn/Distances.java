package io.fewshot4j.nn;

import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;

/**
 * Distances and similarities of each query [queries, features] to each prototype [prototypes, features], as [queries,
 * prototypes].
 */
public final class Distances {
    private Distances() {}

    /** |q - p|^2. By products of rows: below 0 by a rounding where the two are equal. */
    public static Value squaredEuclidean(Value queries, Value prototypes) {
        return Ops.subtract(squaredLengths(queries), euclideanLogits(queries, prototypes));
    }

    /** -|q - p|^2 + |q|^2: where prototypes compete, what is left out is the same for all. */
    public static Value euclideanLogits(Value queries, Value prototypes) {
        Value lengths = Ops.reshape(squaredLengths(prototypes), 1, prototypes.rows());
        return Ops.subtract(Ops.scale(Ops.matmul(queries, prototypes, false, true), 2), lengths);
    }

    /** q p / sqrt((|q|^2 + epsilon) (|p|^2 + epsilon)). */
    public static Value cosine(Value queries, Value prototypes, double epsilon) {
        Value byPrototypes = Ops.reshape(inverseLengths(prototypes, epsilon), 1, prototypes.rows());
        Value products = Ops.matmul(queries, prototypes, false, true);
        return Ops.multiply(Ops.multiply(products, inverseLengths(queries, epsilon)), byPrototypes);
    }

    private static Value inverseLengths(Value a, double epsilon) {
        Value lengths = squaredLengths(a);
        return Ops.power(Ops.add(lengths, a.graph().filled(1, 1, epsilon)), -0.5);
    }

    private static Value squaredLengths(Value a) {
        return Ops.rowSum(Ops.multiply(a, a));
    }
}
