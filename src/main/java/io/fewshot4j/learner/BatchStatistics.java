package io.fewshot4j.learner;

import io.fewshot4j.FewShotException;
import java.util.Set;

/**
 * Images that a batch normalisation takes mean and variance from when queries are scored. They decide whether a result
 * is transductive.
 */
public enum BatchStatistics {
    /** All queries of the episode in one batch: transductive. */
    BATCH,
    /** The support set alone: inductive. */
    SUPPORT,
    /** The support set and one query at a time: inductive. */
    SUPPORT_AND_ONE_QUERY,
    /** The averages kept in training: inductive. */
    RUNNING;

    /**
     * Makes sure that a learner takes these.
     *
     * @throws FewShotException if {@code supported} lacks them
     */
    public void requireIn(Set<BatchStatistics> supported, String learner) {
        if (!supported.contains(this)) {
            throw new FewShotException(learner + " takes batch statistics from " + supported + ", got " + this);
        }
    }

    /** Whether a query's answer depends on the other queries. */
    public boolean transductive() {
        return this == BATCH;
    }
}
