package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Softmax and its logarithm over each row. Where logits are far apart ND4J's own log_softmax is the logarithm of an
 * underflow, its reduce_logsumexp shifts all rows by one maximum, and its softmax is 0 / 0 where all are far below 0:
 * so each row is shifted by its own maximum first.
 */
final class SoftmaxOps {
    private SoftmaxOps() {}

    record LogSoftmax() implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable x = inputs.get(0);
            SDVariable shifted = emitter.call(
                    NativeOperation.SUBTRACT, List.of(x, emitter.reduceRows(NativeOperation.ROW_MAXIMUM, x)));
            return emitter.call(
                    NativeOperation.SUBTRACT,
                    List.of(shifted, emitter.reduceRows(NativeOperation.ROW_LOG_SUM_EXP, shifted)));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            Value softmax = Ops.softmax(self.input(0));
            return List.of(Optional.of(Ops.subtract(upstream, Ops.multiply(softmax, Ops.rowSum(upstream)))));
        }
    }

    /** The largest of each row, without gradient. */
    record RowMax() implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return new Shape(inputs.get(0).rows(), 1);
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.reduceRows(NativeOperation.ROW_MAXIMUM, inputs.get(0));
        }
    }

    record Softmax() implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable x = inputs.get(0);
            SDVariable shifted = emitter.call(
                    NativeOperation.SUBTRACT, List.of(x, emitter.reduceRows(NativeOperation.ROW_MAXIMUM, x)));
            return emitter.call(NativeOperation.SOFTMAX, List.of(shifted), NativeArgs.integers(1));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            Value along = Ops.rowSum(Ops.multiply(upstream, self));
            return List.of(Optional.of(Ops.multiply(self, Ops.subtract(upstream, along))));
        }
    }
}
