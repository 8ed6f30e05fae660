package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * An operation of the closed set: its output shape, how it is emitted into SameDiff, and its gradient in operations
 * that have rules themselves. Implementations are records, so that equal operations on equal inputs are one value.
 */
interface Op {
    /** Rows and columns of the result: the first input's, unless an operation says otherwise. */
    default Shape shape(List<Value> inputs) {
        return inputs.get(0).shape();
    }

    /**
     * Whether each task of the graph has a result of its own: where an input has, unless an operation says otherwise.
     */
    default boolean perTask(List<Value> inputs) {
        return inputs.stream().anyMatch(Value::perTask);
    }

    /**
     * Adds the operation to a SameDiff graph; every variable is a matrix of its value's shape, or a stack of one for
     * each task.
     */
    SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs);

    /**
     * Returns for each input the product of {@code upstream} (of this value's shape) and the derivative; empty where it
     * is zero, as it is for constants and masks.
     */
    default List<Optional<Value>> gradient(Value self, Value upstream) {
        return self.inputs().stream().map(input -> Optional.<Value>empty()).toList();
    }
}
