package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Batch normalisation's two composite operations on X [m, channels]: the reciprocal deviation r = (var + eps)^-1/2 (biased
 * variance) and the normalised N = (X - mean) r. Each one's rule is the whole derivative by X, mean and variance
 * included, and is written with N and r alone.
 */
public final class Normalization {
    private final Value normalized;
    private final Value mean;
    private final Value inverseDeviation;

    private Normalization(Value x, double epsilon) {
        mean = Ops.scale(Ops.columnSum(x), 1.0 / x.rows());
        inverseDeviation = Ops.make(new InverseDeviation(epsilon), x, mean);
        normalized = Ops.make(new Normalized(epsilon), x, mean, inverseDeviation);
    }

    /** Over the rows of {@code x}. */
    public static Normalization of(Value x, double epsilon) {
        return new Normalization(x, epsilon);
    }

    /** Mean 0 and variance 1 in each column, [m, channels]. */
    public Value normalized() {
        return normalized;
    }

    /** The mean of each column, [1, channels]. */
    public Value mean() {
        return mean;
    }

    /** The reciprocal deviation of each column, [1, channels]. */
    public Value inverseDeviation() {
        return inverseDeviation;
    }

    record InverseDeviation(double epsilon) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return inputs.get(1).shape();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            int rows = self.input(0).rows();
            SDVariable squares = emitter.call("squaredsubtract", inputs);
            SDVariable variance = emitter.matmul(emitter.filled(new Shape(1, rows), 1.0 / rows), squares, false, false);
            SDVariable shifted = emitter.call("add", List.of(variance, emitter.scalar(epsilon)));
            return emitter.call("Pow", List.of(shifted, emitter.scalar(-0.5)));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value u) {
            Value x = self.input(0);
            Value factor = Ops.scale(Ops.multiply(u, Ops.multiply(self, self)), -1.0 / x.rows());
            return List.of(Optional.of(Ops.multiply(of(x, epsilon).normalized, factor)), Optional.empty());
        }
    }

    record Normalized(double epsilon) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return inputs.get(0).shape();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable centred = emitter.call("subtract", inputs.subList(0, 2));
            return emitter.call("multiply", List.of(centred, inputs.get(2)));
        }

        /** r gain (U - mean U - N mean(U N)), where the upstream is U times a row of gains: their column sums are then the ones that the gains' own gradients need. */
        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            Value x = self.input(0);
            Value r = of(x, epsilon).inverseDeviation;
            boolean gained =
                    upstream.op() == Elementwise.MULTIPLY && upstream.input(1).rows() == 1;
            Value u = gained ? upstream.input(0) : upstream;
            Value gain = gained ? Ops.multiply(r, upstream.input(1)) : r;
            Value mean = Ops.scale(Ops.columnSum(u), 1.0 / x.rows());
            Value along = Ops.scale(Ops.columnSum(Ops.multiply(u, self)), 1.0 / x.rows());
            Value centred = Ops.subtract(Ops.subtract(u, Ops.multiply(self, along)), mean);
            return List.of(Optional.of(Ops.multiply(centred, gain)), Optional.empty(), Optional.empty());
        }
    }
}
