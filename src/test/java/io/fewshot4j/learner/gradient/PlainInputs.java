package io.fewshot4j.learner.gradient;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Network;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;

/**
 * A network without layers: with its head it is the linear function y = w x + b, whose steps can be worked out by hand.
 */
record PlainInputs(ImageShape image) implements Network {
    @Override
    public ParameterLayout layout() {
        return ParameterLayout.none();
    }

    @Override
    public int features() {
        return image.size();
    }

    @Override
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        return Ops.reshape(input, images, image.size());
    }
}
