package io.fewshot4j.examples;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.DenseLayer;
import io.fewshot4j.nn.Network;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;

/** Two fully connected layers with a skip connection around the second. */
public record SkipNetwork(ImageShape image, int units) implements Network {
    /** Settings of the network: keys of presets and checkpoints. */
    public record Settings(int units) implements NetworkSettings {
        @Override
        public Network network(ImageShape image) {
            return new SkipNetwork(image, units);
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
        Value hidden = Ops.relu(first().forward(weights, Ops.reshape(input, images, image.size())));
        return Ops.add(hidden, Ops.relu(second().forward(weights, hidden)));
    }
}
