package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Convolution y = conv(x, w) and its two gradients, each of which is bilinear: the three are closed under
 * differentiation. An input gradient and a weight gradient of one dy are one native call: see {@link ConvPairs}.
 */
final class Convolution {
    private Convolution() {}

    /** conv(x, w). */
    record Forward(ConvGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            require("convolution", inputs.get(0), geometry.input());
            require("convolution", inputs.get(1), geometry.weights());
            return geometry.output();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.convolve(geometry, inputs.get(0), inputs.get(1));
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value u) {
            return List.of(
                    Optional.of(byInput(geometry, self.input(1), u)),
                    Optional.of(byWeights(geometry, self.input(0), u)));
        }
    }

    /** The input gradient of (w, dy). */
    record InputGradient(ConvGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            require("input gradient", inputs.get(0), geometry.weights());
            require("input gradient", inputs.get(1), geometry.output());
            return geometry.input();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable zeros = emitter.filled(geometry.input(), 0);
            return emitter.convolveBack(geometry, zeros, inputs.get(0), inputs.get(1))
                    .get(0);
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value u) {
            Value w = self.input(0);
            Value dy = self.input(1);
            return List.of(Optional.of(byWeights(geometry, u, dy)), Optional.of(Ops.convolve(u, w, geometry)));
        }
    }

    /** The weight gradient of (x, dy). */
    record WeightGradient(ConvGeometry geometry) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            require("weight gradient", inputs.get(0), geometry.input());
            require("weight gradient", inputs.get(1), geometry.output());
            return geometry.weights();
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            SDVariable zeros = emitter.filled(geometry.weights(), 0);
            return emitter.convolveBack(geometry, inputs.get(0), zeros, inputs.get(1))
                    .get(1);
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value u) {
            Value x = self.input(0);
            Value dy = self.input(1);
            return List.of(Optional.of(byInput(geometry, u, dy)), Optional.of(Ops.convolve(x, u, geometry)));
        }
    }

    private static Value byInput(ConvGeometry geometry, Value w, Value dy) {
        return Ops.linear(w, a -> Ops.linear(dy, b -> Ops.make(new InputGradient(geometry), a, b)));
    }

    private static Value byWeights(ConvGeometry geometry, Value x, Value dy) {
        return Ops.linear(x, a -> Ops.linear(dy, b -> Ops.make(new WeightGradient(geometry), a, b)));
    }

    private static void require(String what, Value value, Shape shape) {
        if (!value.shape().equals(shape)) {
            throw new IllegalArgumentException(what + " needs " + shape + ", got " + value.shape());
        }
    }
}
