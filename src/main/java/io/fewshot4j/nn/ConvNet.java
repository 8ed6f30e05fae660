package io.fewshot4j.nn;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.List;
import java.util.Map;

/**
 * Convolution blocks in a row over images of one size.
 *
 * @param height of the images, in pixels
 * @param epsilon added to variances
 */
public record ConvNet(int height, int width, double epsilon, List<ConvBlock> blocks) {
    public ConvNet {
        blocks = List.copyOf(blocks);
        if (Math.min(sizeAfter(height, blocks), sizeAfter(width, blocks)) < 1) {
            throw new FewShotException("images must be larger for a network of " + blocks.size() + " blocks, got "
                    + height + "x" + width + "; resize them or choose a padding");
        }
    }

    private static int sizeAfter(int size, List<ConvBlock> blocks) {
        int result = size;
        for (ConvBlock block : blocks) {
            result = block.sizeAfter(result);
        }
        return result;
    }

    /** Height of the feature maps. */
    public int outHeight() {
        return sizeAfter(height, blocks);
    }

    /** Width of the feature maps. */
    public int outWidth() {
        return sizeAfter(width, blocks);
    }

    /** Values of one image's feature maps. */
    public int features() {
        return outHeight() * outWidth() * blocks.get(blocks.size() - 1).filters();
    }

    /** The shapes of the parameters. */
    public ParameterLayout layout() {
        return blocks.stream().map(ConvBlock::layout).reduce(ParameterLayout.none(), ParameterLayout::with);
    }

    /** Running mean and variance of each block with batch normalisation. */
    public ParameterLayout statisticsLayout() {
        return blocks.stream().map(ConvBlock::statisticsLayout).reduce(ParameterLayout.none(), ParameterLayout::with);
    }

    /** Patches, or in a graph of several tasks the images themselves. */
    public ImageEncoding encoding(int tasks) {
        return tasks > 1
                ? ImageEncoding.pixels(
                        new ImageShape(height, width, blocks.get(0).channels()))
                : patches();
    }

    /** Patches for the first convolution. */
    public Patches patches() {
        return new Patches(first(1));
    }

    private ConvGeometry first(int images) {
        return blocks.get(0).geometry(images, height, width);
    }

    /**
     * Feature maps [images x height x width, filters] of {@code images} images.
     *
     * @param weights by name, as matrices [kernel x kernel x in, out] and rows [1, filters]
     * @param input as {@link #encoding} has it, or feature maps of this network's size
     */
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        int h = height;
        int w = width;
        Value x = input;
        for (ConvBlock block : blocks) {
            ConvGeometry geometry = block.geometry(images, h, w);
            x = block.activate(weights, block.convolve(weights, x, geometry), geometry, norm, epsilon);
            h = block.sizeAfter(h);
            w = block.sizeAfter(w);
        }
        return x;
    }
}
