package io.fewshot4j.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * RMSProp's moving average of squares and the values over its root, in one pass of ND4J's updater; constants to gradients.
 *
 * @param average {@code decay v + (1 - decay) a^2}, of the shape of a and v
 * @param scaled {@code a / (sqrt(average) + epsilon)}
 */
public record RootMeanSquare(Value average, Value scaled) {
    /** Of values {@code a} and the average {@code v} so far. */
    public static RootMeanSquare of(Value a, Value v, double decay, double epsilon) {
        return new RootMeanSquare(
                Ops.make(new Average(decay, epsilon), a, v), Ops.make(new Scaled(decay, epsilon), a, v));
    }

    record Average(double decay, double epsilon) implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return call(emitter, self, inputs, NativeArgs.reals(1, decay, epsilon))
                    .get(1);
        }
    }

    record Scaled(double decay, double epsilon) implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return call(emitter, self, inputs, NativeArgs.reals(1, decay, epsilon))
                    .get(0);
        }
    }

    private static List<SDVariable> call(Emitter emitter, Value self, List<SDVariable> inputs, NativeArgs arguments) {
        return emitter.rootMeanSquare(inputs.get(0), inputs.get(1), emitter.copies(self.input(1)), arguments);
    }
}
