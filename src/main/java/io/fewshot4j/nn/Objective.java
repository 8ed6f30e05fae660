package io.fewshot4j.nn;

import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import java.util.Optional;

/** Comparison of a network's outputs with their targets, both [examples, outputs]. */
public sealed interface Objective permits Objective.CrossEntropy, Objective.SquaredError {
    /** Mean over examples, a scalar to minimise. */
    Value loss(Value outputs, Value targets);

    /** Answers that several networks can be averaged by: probabilities, or values. */
    Value answers(Value outputs);

    /** Share of examples that are answered right, a scalar; none where answers are not right or wrong. */
    Optional<Value> accuracy(Value outputs, Value targets);

    /** Minus the log likelihood of an example for each unit of its loss, but for a constant. */
    double energy();

    /** Turns outputs [examples, outputs] into answers, in their memory. */
    void answer(double[] outputs, int width);

    /** Classification: the cross-entropy of a softmax with one-hot targets. */
    record CrossEntropy() implements Objective {
        @Override
        public Value loss(Value outputs, Value targets) {
            return Losses.crossEntropy(outputs, targets);
        }

        @Override
        public Value answers(Value outputs) {
            return Ops.softmax(outputs);
        }

        @Override
        public Optional<Value> accuracy(Value outputs, Value targets) {
            return Optional.of(Losses.accuracy(outputs, targets, targets.rows()));
        }

        @Override
        public double energy() {
            return 1;
        }

        @Override
        public void answer(double[] outputs, int width) {
            for (int row = 0; row < outputs.length; row += width) {
                softmax(outputs, row, width);
            }
        }

        private static void softmax(double[] values, int from, int width) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = from; i < from + width; i++) {
                max = Math.max(max, values[i]);
            }
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                values[i] = Math.exp(values[i] - max);
                sum += values[i];
            }
            for (int i = from; i < from + width; i++) {
                values[i] /= sum;
            }
        }
    }

    /**
     * Regression: the mean squared error.
     *
     * @param noiseVariance variance of the targets about the function, above 0
     */
    record SquaredError(double noiseVariance) implements Objective {
        public SquaredError {
            if (!(noiseVariance > 0)) {
                throw new IllegalArgumentException("noiseVariance must be above 0, got " + noiseVariance);
            }
        }

        @Override
        public Value loss(Value outputs, Value targets) {
            return Losses.meanSquaredError(outputs, targets);
        }

        @Override
        public Value answers(Value outputs) {
            return outputs;
        }

        @Override
        public Optional<Value> accuracy(Value outputs, Value targets) {
            return Optional.empty();
        }

        @Override
        public double energy() {
            return 1 / (2 * noiseVariance);
        }

        @Override
        public void answer(double[] outputs, int width) {
            // outputs are the answers
        }
    }
}
