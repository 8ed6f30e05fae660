package io.fewshot4j.learner.head;

/** Measures of the nearness of two rows. */
public enum Distance {
    /** Cosine of the angle between them; 0 for a row of zeros. */
    COSINE,
    /** Length of their difference. */
    EUCLIDEAN;

    /** The higher the nearer. */
    double nearness(double[] a, double[] b) {
        return this == COSINE ? Rows.product(a, b) : -Math.sqrt(Rows.squaredDistance(a, b));
    }

    /** Rows as {@link #nearness} takes them: of length 1 for cosines. */
    double[] prepared(double[] row) {
        return this == COSINE ? Rows.unit(row) : row;
    }
}
