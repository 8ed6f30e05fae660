package io.fewshot4j.learner;

import io.fewshot4j.tensor.Parameters;

/**
 * Means over some tasks: query loss, query accuracy (0 to 1; NaN where tasks have no classes), the gradient by the
 * parameters, and the statistics seen (empty where the learner keeps none). Owns its arrays.
 */
public record MetaGradient(int tasks, double loss, double accuracy, Parameters gradient, Parameters statistics)
        implements AutoCloseable {
    @Override
    public void close() {
        gradient.close();
        statistics.close();
    }
}
