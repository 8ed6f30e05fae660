package io.fewshot4j.learner;

/** Which images a batch normalisation's mean and variance are taken from when queries are scored. It decides whether a result is transductive. */
public enum BatchStatistics {
    /** All queries of the episode in one batch: transductive. */
    BATCH,
    /** The support set and one query at a time: inductive. */
    SUPPORT_AND_ONE_QUERY,
    /** The averages kept in training: inductive. */
    RUNNING;

    /** Whether a query's answer depends on the other queries. */
    public boolean transductive() {
        return this == BATCH;
    }
}
