package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Fully connected hidden layers on the flattened image, each with batch normalisation where {@code norm} says so, and
 * ReLU: the network of <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a> without convolutions.
 *
 * @param hidden units of each layer, at least one layer
 * @param init first values of the weights
 * @param epsilon added to variances
 */
public record DenseNet(
        ImageShape image, List<Integer> hidden, HeadInit init, boolean norm, boolean gain, double epsilon)
        implements Network {
    public DenseNet {
        hidden = List.copyOf(hidden);
        if (hidden.isEmpty() || hidden.stream().anyMatch(units -> units < 1)) {
            throw new IllegalArgumentException("hidden must have layers of at least 1 unit, got " + hidden);
        }
    }

    private List<DenseLayer> layers() {
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < hidden.size(); i++) {
            layers.add(new DenseLayer("fc" + i, i == 0 ? image.size() : hidden.get(i - 1), hidden.get(i)));
        }
        return layers;
    }

    private NormLayer norm(int layer) {
        return new NormLayer(layer, hidden.get(layer), gain, epsilon);
    }

    @Override
    public ParameterLayout layout() {
        ParameterLayout layout = ParameterLayout.none();
        for (int i = 0; i < hidden.size(); i++) {
            layout = layout.with(layers().get(i).layout());
            layout = norm ? layout.with(norm(i).layout()) : layout;
        }
        return layout;
    }

    @Override
    public ParameterLayout statisticsLayout() {
        return norm
                ? IntStream.range(0, hidden.size())
                        .mapToObj(i -> norm(i).statisticsLayout())
                        .reduce(ParameterLayout.none(), ParameterLayout::with)
                : ParameterLayout.none();
    }

    @Override
    public int features() {
        return hidden.get(hidden.size() - 1);
    }

    @Override
    public void initialise(Parameters parameters, Random random) {
        Initialisation.ones(parameters, layout());
        layers().forEach(layer -> init.write(parameters.get(layer.name() + ".weight"), random));
    }

    @Override
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm batchNorm) {
        Value x = Ops.reshape(input, images, image.size());
        for (int i = 0; i < hidden.size(); i++) {
            Value sum = layers().get(i).forward(weights, x);
            x = Ops.relu(norm ? norm(i).forward(weights, sum, batchNorm) : sum);
        }
        return x;
    }
}
