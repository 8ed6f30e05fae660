package io.fewshot4j.learner.baseline;

import java.util.Arrays;

/** Measures of the nearness of two vectors. */
public enum Distance {
    /** Cosine of the angle between them; 0 for a vector of zeros. */
    COSINE,
    /** Length of their difference. */
    EUCLIDEAN;

    /** The higher the nearer. */
    double nearness(double[] a, double[] b) {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            products += a[i] * b[i];
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return this == COSINE ? products : -Math.sqrt(squares);
    }

    /** Vectors as {@link #nearness} takes them: of length 1 for cosines. */
    double[] prepared(double[] vector) {
        double length = Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
        return this == EUCLIDEAN || length == 0
                ? vector
                : Arrays.stream(vector).map(v -> v / length).toArray();
    }
}
