package io.fewshot4j.nn;

import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.PoolGeometry;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;
import java.util.Map;
import java.util.Optional;

/**
 * A convolution, then batch normalisation or a bias, 2x2 max-pooling where {@code pool} says so, and ReLU. Pooling
 * before the ReLU gives what the reverse order gives, on a quarter of the values. Batch normalisation takes a bias away
 * again, so that one excludes the other.
 *
 * @param number ends its parameters' names: block 0 has {@code conv0.weight}, and {@code bn0.bias} or
 *     {@code conv0.bias}
 * @param channels of its input
 * @param filters channels of its output
 */
public record ConvBlock(
        int number,
        int channels,
        int filters,
        int kernel,
        int stride,
        ConvGeometry.Padding padding,
        Shift shift,
        Pool pool) {
    /** 2x2 max-pooling. */
    public enum Pool {
        NONE,
        /** A trailing odd row or column is dropped. */
        WHOLE,
        /** A trailing odd row or column counts as a block of its own. */
        PARTIAL;

        int sizeAfter(int size) {
            return switch (this) {
                case NONE -> size;
                case WHOLE -> size / 2;
                case PARTIAL -> size < 2 ? 0 : (size + 1) / 2;
            };
        }
    }

    /** Bias or normalisation that follows the convolution. */
    public enum Shift {
        /** A bias for each filter. */
        BIAS,
        /** Batch normalisation with a bias (beta). */
        NORM,
        /** Batch normalisation with a gain (gamma) and a bias (beta). */
        NORM_WITH_GAIN
    }

    private Optional<NormLayer> norm(double epsilon) {
        return shift == Shift.BIAS
                ? Optional.empty()
                : Optional.of(new NormLayer(number, filters, shift == Shift.NORM_WITH_GAIN, epsilon));
    }

    /** Weights [kernel, kernel, channels, filters], then gain and bias. */
    ParameterLayout layout() {
        ParameterLayout weight =
                ParameterLayout.none().with(Role.CONVOLUTION, weight(), kernel, kernel, channels, filters);
        return norm(0).map(NormLayer::layout).map(weight::with).orElse(weight.with(Role.BIAS, bias(), filters));
    }

    /** Running mean and variance, where there is batch normalisation. */
    ParameterLayout statisticsLayout() {
        return norm(0).map(NormLayer::statisticsLayout).orElse(ParameterLayout.none());
    }

    private String weight() {
        return "conv" + number + ".weight";
    }

    private String bias() {
        return "conv" + number + ".bias";
    }

    /** Pixels of {@code size} pixels along one side after it; 0 where it does not fit. */
    int sizeAfter(int size) {
        return pool.sizeAfter(padding.positions(size, kernel, stride));
    }

    ConvGeometry geometry(int images, int height, int width) {
        return new ConvGeometry(images, height, width, channels, filters, kernel, stride, padding);
    }

    /** The weights times the images, or times their patches. */
    Value convolve(Map<String, Value> weights, Value x, ConvGeometry geometry) {
        Value weight = Lookup.in(weights, weight());
        return x.columns() == weight.rows() ? Ops.matmul(x, weight) : Ops.convolve(x, weight, geometry);
    }

    /**
     * Applies all that follows the convolution to its result, [images x height x width, filters] of {@code geometry}'s
     * output.
     */
    public Value activate(
            Map<String, Value> weights, Value convolved, ConvGeometry geometry, BatchNorm norm, double epsilon) {
        Value shifted = norm(epsilon)
                .map(layer -> layer.forward(weights, convolved, norm))
                .orElseGet(() -> Ops.add(convolved, Lookup.in(weights, bias())));
        if (pool == Pool.NONE) {
            return Ops.relu(shifted);
        }
        PoolGeometry pooling = new PoolGeometry(
                geometry.images(), geometry.outHeight(), geometry.outWidth(), filters, pool == Pool.PARTIAL);
        return Ops.relu(Ops.maxPool(shifted, pooling));
    }
}
