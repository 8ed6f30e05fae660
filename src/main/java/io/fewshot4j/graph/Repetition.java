package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Runs of rows repeated, and the sum of what was repeated: each other's adjoint. ND4J's own {@code tile} is a hundred
 * times slower.
 */
final class Repetition {
    private Repetition() {}

    /** Each run of {@code block} rows, {@code times} times before the next. */
    record Repeat(int block, int times) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            Shape shape = inputs.get(0).shape();
            requireRuns(shape, block);
            return new Shape(shape.rows() * times, shape.columns());
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            long runs = emitter.stacked(self.input(0)).rows() / block;
            long length = (long) block * self.columns();
            SDVariable once = emitter.reshape(inputs.get(0), runs, 1, length);
            SDVariable ones = emitter.reshape(emitter.filled(new Shape(1, times), 1), 1, times, 1);
            SDVariable all =
                    emitter.call(NativeOperation.MULTIPLY, List.of(once, ones), NativeArgs.NONE, runs, times, length);
            return emitter.reshape(all, emitter.stacked(self).rows(), self.columns());
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(Ops.linear(upstream, u -> Ops.make(new Sum(block, times), u))));
        }
    }

    /** The sums over {@code times} runs of {@code block} rows each. */
    record Sum(int block, int times) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            Shape shape = inputs.get(0).shape();
            requireRuns(shape, block * times);
            return new Shape(shape.rows() / times, shape.columns());
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            int rows = emitter.stacked(self).rows();
            SDVariable runs =
                    emitter.reshape(inputs.get(0), (long) rows / block * times, (long) block * self.columns());
            return emitter.reshape(emitter.columnSum(runs, rows / block, 1), rows, self.columns());
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(Blocks.repeatRows(upstream, block, times)));
        }
    }

    private static void requireRuns(Shape shape, int block) {
        if (block < 1 || shape.rows() % block != 0) {
            throw new IllegalArgumentException("rows must come in runs of " + block + ", got " + shape);
        }
    }
}
