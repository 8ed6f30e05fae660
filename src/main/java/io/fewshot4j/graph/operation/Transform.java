package io.fewshot4j.graph.operation;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.factory.Nd4j;

/** Elementwise operations of ND4J that have a class each and no native context. */
public enum Transform {
    STEP(NativeOperation.STEP),
    EXP(NativeOperation.EXP),
    LOG(NativeOperation.LOG);

    private final NativeOperation operation;

    Transform(NativeOperation operation) {
        this.operation = operation;
    }

    /** The transform that an operation is; empty for operations with a native context. */
    public static Optional<Transform> of(NativeOperation operation) {
        return Arrays.stream(values())
                .filter(transform -> transform.operation == operation)
                .findFirst();
    }

    /** Adds it to a graph. */
    public SDVariable emit(SameDiff graph, SDVariable x) {
        return switch (this) {
            case STEP -> graph.math().step(x, 0);
            case EXP -> graph.math().exp(x);
            case LOG -> graph.math().log(x);
        };
    }

    /** Returns the transform of {@code x} into {@code z}, to be run as often as wanted. */
    public Runnable prepared(INDArray x, INDArray z) {
        return switch (this) {
            case STEP -> {
                Step step = new Step(x, z, 0.0);
                yield () -> Nd4j.getExecutioner().exec(step);
            }
            case EXP -> {
                Exp exp = new Exp(x, z);
                yield () -> Nd4j.getExecutioner().exec(exp);
            }
            case LOG -> {
                Log log = new Log(x, z);
                yield () -> Nd4j.getExecutioner().exec(log);
            }
        };
    }
}
