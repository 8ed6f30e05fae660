package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.operation.Transform;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Max pooling: its gradient spreads the upstream over each block, times a constant mask of the maxima, shared equally
 * among equal ones (as in blank regions, where one patch lies everywhere). Spreading and averaging are each other's
 * adjoint. The mask is built from cheap passes: ND4J's own gradient of max pooling is three times slower than all of
 * them.
 */
final class Pooling {
    private Pooling() {}

    record Max(PoolGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.output();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.pool(NativeOperation.MAX_POOL, geometry.times(emitter.copies(self)), inputs.get(0));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            Value mask = Ops.make(new Mask(geometry), self.input(0), self);
            Value share = Ops.make(new Share(geometry), mask);
            return List.of(Optional.of(Ops.multiply(spread(geometry, Ops.multiply(upstream, share)), mask)));
        }
    }

    /**
     * 1 where an entry equals its block's maximum, 0 elsewhere; 1 in rows and columns that are dropped, which nothing
     * reaches.
     */
    record Mask(PoolGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.input();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable quadruple = emitter.call(NativeOperation.MULTIPLY, List.of(inputs.get(1), emitter.scalar(4)));
            SDVariable maxima = emitter.spread(geometry.times(emitter.copies(self)), quadruple);
            SDVariable below = emitter.transform(
                    Transform.STEP, emitter.call(NativeOperation.SUBTRACT, List.of(maxima, inputs.get(0))));
            return emitter.call(NativeOperation.SUBTRACT_FROM, List.of(below, emitter.scalar(1)));
        }
    }

    /** Four times the share of each maximum: 4 where a block has one, 1 where all four are equal. */
    record Share(PoolGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.output();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable part =
                    emitter.pool(NativeOperation.AVERAGE_POOL, geometry.times(emitter.copies(self)), inputs.get(0));
            return emitter.call(NativeOperation.DIVIDE, List.of(emitter.filled(emitter.stacked(self), 1), part));
        }
    }

    /** A quarter of each entry to the four places of its block. */
    record Spread(PoolGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.input();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.spread(geometry.times(emitter.copies(self)), inputs.get(0));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(Ops.linear(upstream, u -> Ops.make(new Average(geometry), u))));
        }
    }

    /** The mean of each block. */
    record Average(PoolGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.output();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.pool(NativeOperation.AVERAGE_POOL, geometry.times(emitter.copies(self)), inputs.get(0));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(spread(geometry, upstream)));
        }
    }

    private static Value spread(PoolGeometry geometry, Value value) {
        return Ops.linear(value, v -> Ops.make(new Spread(geometry), v));
    }
}
