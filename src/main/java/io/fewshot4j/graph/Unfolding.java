package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Convolution as a matrix product: {@code conv(x, w) = unfold(x) w}. It serves graphs of several tasks, where weights
 * differ from task to task and products of all tasks are one call. Unfolding and folding are each other's adjoint.
 */
final class Unfolding {
    private Unfolding() {}

    /** The pixels under the kernel at each position: [images h w, in] to [images h' w', k k in]. */
    record Unfold(ConvGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return new Shape(geometry.output().rows(), geometry.weights().rows());
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.unfold(geometry.times(emitter.copies(self)), inputs.get(0));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(Ops.linear(upstream, u -> Ops.make(new Fold(geometry), u))));
        }
    }

    /** Sum for each pixel over the kernels that it lay under. */
    record Fold(ConvGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return geometry.input();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.fold(geometry.times(emitter.copies(self)), inputs.get(0));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(Ops.linear(upstream, u -> Ops.make(new Unfold(geometry), u))));
        }
    }
}
