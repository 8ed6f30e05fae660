package io.fewshot4j.learner;

import io.fewshot4j.tensor.Parameters;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * State that training changes: parameters, which have gradients, and running statistics, which are averaged. Either may
 * be empty.
 */
public record Model(Parameters parameters, Parameters statistics) implements AutoCloseable {
    /** Number type of the parameters. */
    public DataType type() {
        return parameters.flat().dataType();
    }

    /** Equal values in memory of their own. */
    public Model copy() {
        return new Model(parameters.copy(), statistics.copy());
    }

    @Override
    public void close() {
        parameters.close();
        statistics.close();
    }
}
