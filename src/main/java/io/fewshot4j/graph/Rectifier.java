package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.operation.Transform;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** The rectified linear unit and its derivative, a constant of zeros and ones. */
final class Rectifier {
    private Rectifier() {}

    record Relu() implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.call(NativeOperation.RELU, inputs, NativeArgs.reals(0));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(Ops.multiply(upstream, Functions.step(self))));
        }
    }

    record Step() implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.transform(Transform.STEP, inputs.get(0));
        }
    }
}
