package io.fewshot4j.learner.head;

import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.Support;

/** A classifier on rows of features, which no training changes: what is learned of a support set is its own. */
public interface Head {
    /**
     * Learns from a support set. The answer takes queries as rows of as many features, under any batch statistics:
     * none are
     * taken.
     *
     * @param support features in the place of pixels, at least one row of each class
     */
    Adapted fit(Support support);

    /** This head with a centre of the features, where it takes one. */
    default Head centredOn(Centre centre) {
        return this;
    }

    /** Whether it is better for knowing the features of other classes: then {@link #centredOn} is worth their price. */
    default boolean takesCentre() {
        return false;
    }

    /** Whether a query's answer depends on the other queries. */
    default boolean transductive() {
        return false;
    }
}
