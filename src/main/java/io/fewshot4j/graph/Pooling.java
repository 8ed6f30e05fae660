package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Max pooling: its gradient is a constant mask (4 at the first maximum of a block) times the spread upstream; spreading and averaging are each other's adjoint. */
final class Pooling {
    private Pooling() {}

    record Max(PoolGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.output();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.pool("maxpool2d", geometry, inputs.get(0));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            Value mask = Ops.make(new Mask(geometry), self.input(0));
            return List.of(Optional.of(Ops.multiply(spread(geometry, upstream), mask)));
        }
    }

    /** 4 at the first maximum of each block in row-major order, 0 elsewhere. */
    record Mask(PoolGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.input();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable fours = emitter.filled(geometry.output(), 4);
            return emitter.poolBack("maxpool2d_bp", geometry, inputs.get(0), fours);
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.empty());
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
            SDVariable zeros = emitter.filled(geometry.input(), 0);
            return emitter.poolBack("avgpool2d_bp", geometry, zeros, inputs.get(0));
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
            return emitter.pool("avgpool2d", geometry, inputs.get(0));
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
