package io.fewshot4j.graph;

import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The field's four-block network: each block is a 3x3 convolution without bias (batch normalisation takes a bias away
 * again), batch normalisation, max-pooling where {@code pooling} says so, and ReLU; then the mean over positions or all
 * of them.
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
        STRIDE(2, ConvBlock.Pool.NONE),
        /** 2x2 max-pooling (28 -> 14 -> 7 -> 3 -> 1, 84 -> 42 -> 21 -> 10 -> 5). */
        MAX_POOL(1, ConvBlock.Pool.WHOLE),
        /** 2x2 max-pooling that keeps a trailing odd row or column (28 -> 14 -> 7 -> 4 -> 2, 84 -> 42 -> 21 -> 11 -> 6). */
        MAX_POOL_SAME(1, ConvBlock.Pool.PARTIAL);

        private final int stride;
        private final ConvBlock.Pool pool;

        Downsampling(int stride, ConvBlock.Pool pool) {
            this.stride = stride;
            this.pool = pool;
        }

        private int sizeAfter(int size, ConvGeometry.Padding padding) {
            return pool.sizeAfter(padding.positions(size, KERNEL, stride));
        }
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

    /** Its blocks. */
    public ConvNet blocks() {
        return new ConvNet(
                height,
                width,
                epsilon,
                IntStream.range(0, BLOCKS).mapToObj(this::block).toList());
    }

    private ConvBlock block(int number) {
        ConvBlock.Shift shift = gain ? ConvBlock.Shift.NORM_WITH_GAIN : ConvBlock.Shift.NORM;
        int input = number == 0 ? channels : filters;
        return new ConvBlock(number, input, filters, KERNEL, pooling.stride, padding, shift, pooling.pool);
    }

    /** The shapes of the parameters: weights as [3, 3, in, out]. */
    public ParameterLayout layout() {
        return blocks().layout();
    }

    /** Running mean and variance of each block. */
    public ParameterLayout statisticsLayout() {
        return blocks().statisticsLayout();
    }

    /** Features of an image. */
    public int features() {
        return head == Head.MEAN ? filters : blocks().features();
    }

    /** How images become patches. */
    public Patches patches() {
        return blocks().patches();
    }

    /** The input of {@link #forward}: see {@link ConvNet#input}. */
    public Value input(Graph graph, String name, int images) {
        return blocks().input(graph, name, images);
    }

    /** [images, features] of {@code images} images: see {@link ConvNet#forward}. */
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        return features(blocks().forward(weights, input, images, norm), images);
    }

    /** [images, features] of the blocks' feature maps. */
    public Value features(Value maps, int images) {
        int positions = maps.rows() / images;
        return head == Head.MEAN
                ? Ops.matmul(maps.graph().groupMean(images, positions), maps)
                : Ops.reshape(maps, images, positions * filters);
    }

    private static int sizeAfter(int size, Downsampling pooling, ConvGeometry.Padding padding) {
        int result = size;
        for (int block = 0; block < BLOCKS; block++) {
            result = pooling.sizeAfter(result, padding);
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
