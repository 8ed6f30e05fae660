package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;

/** A user's own network: a layer with tanh, and a second one around which the first's result is passed on as well. */
public record SkipNet(ImageShape image, int units) implements Network {
    /** Number of units of each layer. */
    public record Settings(@Describe("units of each layer") int skipUnits) implements NetworkSettings {
        @Override
        public SkipNet network(ImageShape image) {
            return new SkipNet(image, skipUnits);
        }
    }

    private DenseLayer first() {
        return new DenseLayer("first", image.size(), units);
    }

    private DenseLayer second() {
        return new DenseLayer("second", units, units);
    }

    @Override
    public ParameterLayout layout() {
        return first().layout().with(second().layout());
    }

    @Override
    public int features() {
        return units;
    }

    @Override
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        Value x = Functions.tanh(first().forward(weights, Ops.reshape(input, images, image.size())));
        return Ops.add(x, Functions.tanh(second().forward(weights, x)));
    }
}
