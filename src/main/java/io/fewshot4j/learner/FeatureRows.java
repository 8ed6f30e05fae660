package io.fewshot4j.learner;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Network;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;

/** A network that has nothing to learn: its images are features already, which stay as they are. */
public record FeatureRows(int features) implements Network {
    /** Examples of features, one row after another. */
    public LabelledImages examples(float[] rows, int[] labels) {
        return new LabelledImages(image(), rows, labels);
    }

    @Override
    public ImageShape image() {
        return new ImageShape(1, features, 1);
    }

    @Override
    public ParameterLayout layout() {
        return ParameterLayout.none();
    }

    @Override
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        return Ops.reshape(input, images, features);
    }
}
