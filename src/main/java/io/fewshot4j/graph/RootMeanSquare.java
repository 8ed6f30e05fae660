package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * RMSProp's moving average of squares and the values over its root, in one pass of ND4J's updater; constants to
 * gradients.
 *
 * @param average {@code decay v + (1 - decay) a^2}, of the shape of a and v
 * @param scaled {@code a / (sqrt(average) + epsilon)}
 */
public record RootMeanSquare(Value average, Value scaled) {
    /** Both results for values {@code a} and the average {@code v} so far. */
    public static RootMeanSquare of(Value a, Value v, double decay, double epsilon) {
        return new RootMeanSquare(
                Ops.make(new Output(1, decay, epsilon), a, v), Ops.make(new Output(0, decay, epsilon), a, v));
    }

    /** One of the updater's two results; the compiler makes one call of both. */
    record Output(int number, double decay, double epsilon) implements Op {
        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            NativeArgs arguments = NativeArgs.reals(1, decay, epsilon);
            return emitter.rootMeanSquare(inputs.get(0), inputs.get(1), emitter.copies(self.input(1)), arguments)
                    .get(number);
        }
    }
}
