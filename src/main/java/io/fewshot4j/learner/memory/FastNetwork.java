package io.fewshot4j.learner.memory;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.PoolGeometry;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.ConvBlock;
import io.fewshot4j.nn.ConvNet;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;

/**
 * Convolutions and two fully connected layers without biases. With fast weights beside the slow ones each layer adds
 * what both give: the ReLU comes before the sum.
 *
 * @param name what its parameters begin with
 */
record FastNetwork(String name, ImageShape image, int filters, int blocks, int way) {
    private static final int KERNEL = 3;

    /** Slow weights by name and, where there are any, fast ones. */
    record Weights(Map<String, Value> slow, Optional<FastWeights> fast) {}

    /** The weights of convolutions [3, 3, in, out]. */
    ParameterLayout convolutions() {
        ParameterLayout layout = ParameterLayout.none();
        for (int block = 0; block < blocks; block++) {
            layout = layout.with(conv(block), KERNEL, KERNEL, block == 0 ? image.channels() : filters, filters);
        }
        return layout;
    }

    /** The weights of the fully connected layers [in, out]. */
    ParameterLayout connected() {
        return ParameterLayout.none().with(hidden(), features(), filters).with(output(), filters, way);
    }

    /** The first block, which says how images enter. */
    ConvNet first() {
        ConvBlock block = new ConvBlock(
                0,
                image.channels(),
                filters,
                KERNEL,
                1,
                ConvGeometry.Padding.TENSORFLOW,
                ConvBlock.Shift.BIAS,
                ConvBlock.Pool.NONE);
        return new ConvNet(image.height(), image.width(), 0, List.of(block));
    }

    /**
     * Convolutions normal after He et al. 2015, since without batch normalisation each ReLU would halve the variance;
     * connected layers uniform after Glorot and Bengio 2010.
     */
    void initialise(Parameters parameters, Random random) {
        for (ParameterLayout.Entry entry : convolutions().entries()) {
            long inputs = entry.length() / filters;
            Initialisation.normal(parameters.get(entry.name()), 0, Math.sqrt(2.0 / inputs), random);
        }
        for (ParameterLayout.Entry entry : connected().entries()) {
            Initialisation.glorot(
                    parameters.get(entry.name()),
                    entry.shape().get(0),
                    entry.shape().get(1),
                    random);
        }
    }

    private String conv(int block) {
        return name + ".conv" + block;
    }

    private String hidden() {
        return name + ".hidden";
    }

    private String output() {
        return name + ".output";
    }

    private int features() {
        int height = image.height();
        int width = image.width();
        for (int block = 0; block < blocks; block++) {
            boolean pooled = pools(height, width);
            height = pooled ? height / 2 : height;
            width = pooled ? width / 2 : width;
        }
        return height * width * filters;
    }

    private static boolean pools(int height, int width) {
        return Math.min(height, width) > 1;
    }

    /** [images, filters] before the hidden layer's ReLU. */
    private Value hidden(Weights weights, Value input, int images, boolean rectified) {
        int height = image.height();
        int width = image.width();
        Value x = input;
        for (int block = 0; block < blocks; block++) {
            int h = height;
            int w = width;
            x = sum(weights, conv(block), x, (in, weight) -> Ops.relu(convolve(in, weight, images, h, w)));
            if (pools(height, width)) {
                x = Ops.maxPool(x, new PoolGeometry(images, height, width, filters, false));
                height /= 2;
                width /= 2;
            }
        }
        Value flat = Ops.reshape(x, images, features());
        return sum(weights, hidden(), flat, (in, weight) -> {
            Value product = Ops.matmul(in, weight);
            return rectified ? Ops.relu(product) : product;
        });
    }

    /** Embeddings that attention compares, [images, filters]. */
    Value embedding(Weights weights, Value input, int images) {
        return hidden(weights, input, images, false);
    }

    /** [images, way]. */
    Value logits(Weights weights, Value input, int images) {
        return sum(weights, output(), hidden(weights, input, images, true), Ops::matmul);
    }

    /** A layer by its slow weights, and by its fast ones where there are any. */
    private static Value sum(Weights weights, String layer, Value x, BinaryOperator<Value> apply) {
        Value slow = apply.apply(x, Lookup.in(weights.slow(), layer));
        return weights.fast()
                .map(fast -> Ops.add(slow, apply.apply(fast.weighted(x), fast.weights(layer, x))))
                .orElse(slow);
    }

    /** The first layer's images come as patches. */
    private Value convolve(Value x, Value weight, int images, int height, int width) {
        return x.columns() == weight.rows()
                ? Ops.matmul(x, weight)
                : Ops.convolve(
                        x,
                        weight,
                        new ConvGeometry(
                                images,
                                height,
                                width,
                                x.columns(),
                                filters,
                                KERNEL,
                                1,
                                ConvGeometry.Padding.TENSORFLOW));
    }

    /** Names in the order of {@link #convolutions} or {@link #connected}. */
    static List<String> names(ParameterLayout layout) {
        List<String> names = new ArrayList<>();
        layout.entries().forEach(entry -> names.add(entry.name()));
        return names;
    }
}
