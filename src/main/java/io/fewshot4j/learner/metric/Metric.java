package io.fewshot4j.learner.metric;

import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Network;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Random;

/** A metric learner's own part: a network that embeds images, and how queries are compared with support images. */
public interface Metric {
    Network embedding();

    /** All trained parameters, the embedding's among them. */
    default ParameterLayout layout() {
        return embedding().layout();
    }

    /** All running statistics, the embedding's among them. */
    default ParameterLayout statisticsLayout() {
        return embedding().statisticsLayout();
    }

    /** Writes first values of parameters that are 0. */
    default void initialise(Parameters parameters, Random random) {
        embedding().initialise(parameters, random);
    }

    /**
     * Whether support images and queries are one batch to batch normalisation; otherwise they pass one after the other.
     */
    default boolean oneBatch() {
        return true;
    }

    /** Compares embedded queries with embedded support images. */
    Answer compare(Embedded task, BatchNorm norm);
}
