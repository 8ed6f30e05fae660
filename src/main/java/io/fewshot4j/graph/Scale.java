package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeOperation;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** A constant factor. */
record Scale(double factor) implements Op {
    @Override
    public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
        return emitter.call(NativeOperation.MULTIPLY, List.of(inputs.get(0), emitter.scalar(factor)));
    }

    @Override
    public List<Optional<Value>> gradient(Value self, Value upstream) {
        return List.of(Optional.of(Ops.scale(upstream, factor)));
    }
}
