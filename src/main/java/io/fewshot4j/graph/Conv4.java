package io.fewshot4j.graph;

import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;

/**
 * The field's four-block network: each block is a 3x3 convolution without bias (batch normalisation takes a bias away
 * again), batch normalisation, max-pooling where {@code pooling} says so, and ReLU; then the mean over positions or all
 * of them. Pooling before the ReLU gives what the reverse order gives, on a quarter of the values.
 *
 * @param height of the images, in pixels
 * @param filters of each block
 * @param gain whether batch normalisation has a gain (gamma); it always has a bias (beta)
 * @param epsilon added to variances
 */
public record Conv4(
        int height,
        int width,
        int channels,
        int filters,
        Downsampling pooling,
        Head head,
        ConvGeometry.Padding padding,
        boolean gain,
        double epsilon) {
    /** Blocks of the network. */
    public static final int BLOCKS = 4;

    private static final int KERNEL = 3;

    /** How a block halves its images. */
    public enum Downsampling {
        /** Convolutions of stride 2 (28 -> 14 -> 7 -> 4 -> 2). */
        STRIDE,
        /** 2x2 max-pooling (28 -> 14 -> 7 -> 3 -> 1, 84 -> 42 -> 21 -> 10 -> 5). */
        MAX_POOL,
        /** 2x2 max-pooling that keeps a trailing odd row or column (28 -> 14 -> 7 -> 4 -> 2, 84 -> 42 -> 21 -> 11 -> 6). */
        MAX_POOL_SAME
    }

    /** What becomes of the last feature map. */
    public enum Head {
        /** The mean over positions: {@code filters} features. */
        MEAN,
        /** All positions in rows, channel last. */
        FLATTEN
    }

    public Conv4 {
        if (filters < 1) {
            throw new IllegalArgumentException("filters must be at least 1, got " + filters);
        }
        if (Math.min(sizeAfter(height, pooling, padding), sizeAfter(width, pooling, padding)) < 1) {
            throw new IllegalArgumentException(tooSmall(pooling, padding) + ", got " + height + "x" + width + "; use "
                    + (pooling == Downsampling.STRIDE ? "padding torch" : "pooling stride") + " or larger images");
        }
    }

    /** The shapes of the parameters: weights as [3, 3, in, out]. */
    public ParameterLayout layout() {
        ParameterLayout layout = ParameterLayout.none();
        for (int block = 0; block < BLOCKS; block++) {
            layout = layout.with("conv" + block + ".weight", KERNEL, KERNEL, inputChannels(block), filters);
            if (gain) {
                layout = layout.with("bn" + block + ".weight", filters);
            }
            layout = layout.with("bn" + block + ".bias", filters);
        }
        return layout;
    }

    /** Running mean and variance of each block. */
    public ParameterLayout statisticsLayout() {
        ParameterLayout layout = ParameterLayout.none();
        for (int block = 0; block < BLOCKS; block++) {
            layout = layout.with("bn" + block + ".mean", filters).with("bn" + block + ".variance", filters);
        }
        return layout;
    }

    /** Features of an image. */
    public int features() {
        return head == Head.MEAN
                ? filters
                : filters * sizeAfter(height, pooling, padding) * sizeAfter(width, pooling, padding);
    }

    /** How images become patches. */
    public Patches patches() {
        return new Patches(geometry(0, 1, height, width));
    }

    /** The input of {@link #forward}, each task's own: patches, or in a graph of several tasks the images themselves. */
    public Value input(Graph graph, String name, int images) {
        ConvGeometry first = geometry(0, images, height, width);
        return graph.tasks() > 1
                ? graph.taskInput(name, first.input().rows(), channels)
                : graph.taskInput(name, first.output().rows(), first.weights().rows());
    }

    /**
     * [images, features] of {@code images} images.
     *
     * @param weights by name, as matrices [3 x 3 x in, out] and rows [1, filters]
     * @param input as {@link #input} makes it
     */
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        int h = height;
        int w = width;
        Value x = input;
        for (int block = 0; block < BLOCKS; block++) {
            ConvGeometry geometry = geometry(block, images, h, w);
            Value weight = Lookup.in(weights, "conv" + block + ".weight");
            boolean unfolded = x.columns() == weight.rows();
            Value convolved = unfolded ? Ops.matmul(x, weight) : Ops.convolve(x, weight, geometry);
            h = geometry.outHeight();
            w = geometry.outWidth();
            Value shifted = affine(weights, block, norm.normalize(block, convolved, epsilon));
            if (pooling != Downsampling.STRIDE) {
                boolean partial = pooling == Downsampling.MAX_POOL_SAME;
                PoolGeometry blocks = new PoolGeometry(images, h, w, filters, partial);
                shifted = Ops.maxPool(shifted, blocks);
                h = blocks.outHeight();
                w = blocks.outWidth();
            }
            x = Ops.relu(shifted);
        }
        return head == Head.MEAN
                ? Ops.matmul(input.graph().groupMean(images, h * w), x)
                : Ops.reshape(x, images, h * w * filters);
    }

    private Value affine(Map<String, Value> weights, int block, Value normalized) {
        Value scaled = gain ? Ops.multiply(normalized, Lookup.in(weights, "bn" + block + ".weight")) : normalized;
        return Ops.add(scaled, Lookup.in(weights, "bn" + block + ".bias"));
    }

    private ConvGeometry geometry(int block, int images, int h, int w) {
        int stride = pooling == Downsampling.STRIDE ? 2 : 1;
        return new ConvGeometry(images, h, w, inputChannels(block), filters, KERNEL, stride, padding);
    }

    private int inputChannels(int block) {
        return block == 0 ? channels : filters;
    }

    private static int sizeAfter(int size, Downsampling pooling, ConvGeometry.Padding padding) {
        int result = size;
        for (int block = 0; block < BLOCKS; block++) {
            int positions = padding.positions(result, KERNEL, pooling == Downsampling.STRIDE ? 2 : 1);
            result = switch (pooling) {
                case STRIDE -> positions;
                case MAX_POOL -> positions / 2;
                case MAX_POOL_SAME -> positions < 2 ? 0 : (positions + 1) / 2;
            };
        }
        return result;
    }

    private static String tooSmall(Downsampling pooling, ConvGeometry.Padding padding) {
        int smallest = 1;
        while (sizeAfter(smallest, pooling, padding) < 1) {
            smallest++;
        }
        return "image must be at least " + smallest + "x" + smallest + " for four "
                + (pooling == Downsampling.STRIDE ? "strides" : "max-poolings")
                + (padding == ConvGeometry.Padding.NONE ? " without padding" : "");
    }
}
