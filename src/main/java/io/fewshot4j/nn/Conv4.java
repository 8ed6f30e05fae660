package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The field's four-block network: each block is a 3x3 convolution without bias (batch normalisation takes a bias away
 * again), batch normalisation, max-pooling where {@code pooling} says so, and ReLU; then the mean over positions or all
 * of them.
 *
 * @param filters of each block
 * @param gain whether batch normalisation has a gain (gamma); it always has a bias (beta)
 * @param epsilon added to variances
 */
public record Conv4(
        ImageShape image,
        int filters,
        Downsampling pooling,
        Head head,
        ConvGeometry.Padding padding,
        boolean gain,
        double epsilon)
        implements Network {
    /** Blocks of the network. */
    public static final int BLOCKS = 4;

    private static final int KERNEL = 3;

    /** Ways to halve the images of a block. */
    public enum Downsampling {
        /** Convolutions of stride 2 (28 -> 14 -> 7 -> 4 -> 2). */
        STRIDE(2, ConvBlock.Pool.NONE),
        /** 2x2 max-pooling (28 -> 14 -> 7 -> 3 -> 1, 84 -> 42 -> 21 -> 10 -> 5). */
        MAX_POOL(1, ConvBlock.Pool.WHOLE),
        /**
         * 2x2 max-pooling that keeps a trailing odd row or column (28 -> 14 -> 7 -> 4 -> 2, 84 -> 42 -> 21 -> 11 -> 6).
         */
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

    /** Features that are made of the last feature map. */
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
        int least = Math.min(image.height(), image.width());
        if (sizeAfter(least, pooling, padding) < 1) {
            throw new IllegalArgumentException(tooSmall(pooling, padding) + ", got " + image.height() + "x"
                    + image.width() + "; use " + (pooling == Downsampling.STRIDE ? "padding torch" : "pooling stride")
                    + " or larger images");
        }
    }

    /** Its blocks. */
    public ConvNet blocks() {
        return new ConvNet(
                image.height(),
                image.width(),
                epsilon,
                IntStream.range(0, BLOCKS).mapToObj(this::block).toList());
    }

    private ConvBlock block(int number) {
        ConvBlock.Shift shift = gain ? ConvBlock.Shift.NORM_WITH_GAIN : ConvBlock.Shift.NORM;
        int input = number == 0 ? image.channels() : filters;
        return new ConvBlock(number, input, filters, KERNEL, pooling.stride, padding, shift, pooling.pool);
    }

    /** Weights as [3, 3, in, out]. */
    @Override
    public ParameterLayout layout() {
        return blocks().layout();
    }

    @Override
    public ParameterLayout statisticsLayout() {
        return blocks().statisticsLayout();
    }

    @Override
    public int features() {
        return head == Head.MEAN ? filters : blocks().features();
    }

    /** Patches for the first convolution: see {@link ConvNet#encoding}. */
    @Override
    public ImageEncoding encoding(int tasks) {
        return blocks().encoding(tasks);
    }

    @Override
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        return features(blocks().forward(weights, input, images, norm), images);
    }

    /** [images, features] of the blocks' feature maps. */
    private Value features(Value maps, int images) {
        int positions = maps.rows() / images;
        return head == Head.MEAN ? Ops.meanOfRuns(maps, images) : Ops.reshape(maps, images, positions * filters);
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
