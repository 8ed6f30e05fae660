package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeOperation;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Each positive entry to a constant power. */
record Power(double exponent) implements Op {
    @Override
    public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
        return emitter.call(NativeOperation.POWER, List.of(inputs.get(0), emitter.scalar(exponent)));
    }

    @Override
    public List<Optional<Value>> gradient(Value self, Value upstream) {
        Value derivative = Ops.scale(Ops.power(self.input(0), exponent - 1), exponent);
        return List.of(Optional.of(Ops.multiply(upstream, derivative)));
    }
}
