package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.operation.Transform;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Smooth functions of each entry, whose derivatives are made of their own values. */
enum Curve implements Op {
    SIGMOID,
    TANH,
    EXP,
    LOG;

    @Override
    public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
        return switch (this) {
            case SIGMOID -> emitter.call(NativeOperation.SIGMOID, inputs);
            case TANH -> emitter.call(NativeOperation.TANH, inputs);
            case EXP -> emitter.transform(Transform.EXP, inputs.get(0));
            case LOG -> emitter.transform(Transform.LOG, inputs.get(0));
        };
    }

    @Override
    public List<Optional<Value>> gradient(Value self, Value upstream) {
        return List.of(Optional.of(
                switch (this) {
                    case SIGMOID -> Ops.multiply(upstream, Ops.subtract(self, Ops.multiply(self, self)));
                    case TANH -> Ops.subtract(upstream, Ops.multiply(upstream, Ops.multiply(self, self)));
                    case EXP -> Ops.multiply(upstream, self);
                    case LOG -> Ops.multiply(upstream, Ops.power(self.input(0), -1));
                }));
    }
}
