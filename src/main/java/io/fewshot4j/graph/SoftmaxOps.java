package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Softmax and its logarithm over each row. */
final class SoftmaxOps {
    private SoftmaxOps() {}

    record LogSoftmax() implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return inputs.get(0).shape();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.call("log_softmax", inputs, NativeArgs.integers(1));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            Value softmax = Ops.softmax(self.input(0));
            return List.of(Optional.of(Ops.subtract(upstream, Ops.multiply(softmax, Ops.rowSum(upstream)))));
        }
    }

    record Softmax() implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return inputs.get(0).shape();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.call("softmax", inputs, NativeArgs.integers(1));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            Value along = Ops.rowSum(Ops.multiply(upstream, self));
            return List.of(Optional.of(Ops.multiply(self, Ops.subtract(upstream, along))));
        }
    }
}
