package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeOperation;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Batch normalisation of X [m, channels]: D = X - mean and r = (mean of D^2 + eps)^-1/2 (biased variance). The
 * normalised D r is never written down where a row of gains follows: rows of factors are multiplied first.
 */
public final class Normalization {
    private final Value mean;
    private final Value centred;
    private final Value inverseDeviation;

    private Normalization(Value x, double epsilon) {
        mean = mean(x);
        centred = Ops.make(new Centred(), x);
        inverseDeviation = Ops.make(new InverseDeviation(epsilon), centred);
    }

    private static Value mean(Value x) {
        return Ops.scale(Ops.columnSum(x), 1.0 / x.rows());
    }

    /** Over the rows of {@code x}. */
    public static Normalization of(Value x, double epsilon) {
        return new Normalization(x, epsilon);
    }

    /** Mean 0 and variance 1 in each column, [m, channels]. */
    public Value normalized() {
        return Ops.multiply(centred, inverseDeviation);
    }

    /** The mean of each column, [1, channels]. */
    public Value mean() {
        return mean;
    }

    /** The reciprocal deviation of each column, [1, channels]. */
    public Value inverseDeviation() {
        return inverseDeviation;
    }

    /** X minus its column means: every column sums to 0. */
    record Centred() implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            int copies = emitter.copies(self);
            SDVariable means = emitter.columnSum(inputs.get(0), copies, -1.0 / self.rows());
            return emitter.addRow(inputs.get(0), means, copies);
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(Ops.subtract(upstream, mean(upstream))));
        }
    }

    /** r of a centred matrix. */
    record InverseDeviation(double epsilon) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return new Shape(1, inputs.get(0).columns());
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable centred = inputs.get(0);
            SDVariable squares = emitter.call(NativeOperation.MULTIPLY, List.of(centred, centred));
            double share = 1.0 / self.input(0).rows();
            SDVariable variance = emitter.columnSum(squares, emitter.copies(self), share);
            SDVariable shifted = emitter.call(NativeOperation.ADD, List.of(variance, emitter.scalar(epsilon)));
            return emitter.call(NativeOperation.POWER, List.of(shifted, emitter.scalar(-0.5)));
        }

        /** -u r^3 D / m. */
        @Override
        public List<Optional<Value>> gradient(Value self, Value u) {
            Value centred = self.input(0);
            Value cube = Ops.multiply(Ops.multiply(self, self), self);
            Value factor = Ops.scale(Ops.multiply(u, cube), -1.0 / centred.rows());
            return List.of(Optional.of(Ops.multiply(centred, factor)));
        }
    }
}
