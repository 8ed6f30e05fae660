package io.fewshot4j.graph;

import io.fewshot4j.tensor.ParameterLayout;
import java.util.Map;

/**
 * A convolution, then batch normalisation or a bias, 2x2 max-pooling where {@code pool} says so, and ReLU. Pooling before the ReLU gives what
 * the reverse order gives, on a quarter of the values. Batch normalisation takes a bias away again, so that one excludes
 * the other.
 *
 * @param number ends its parameters' names: block 0 has {@code conv0.weight}, and {@code bn0.bias} or {@code conv0.bias}
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

    /** What follows the convolution. */
    public enum Shift {
        /** A bias for each filter. */
        BIAS,
        /** Batch normalisation with a bias (beta). */
        NORM,
        /** Batch normalisation with a gain (gamma) and a bias (beta). */
        NORM_WITH_GAIN
    }

    /** The weights as [kernel, kernel, channels, filters], gain and bias. */
    ParameterLayout layout() {
        ParameterLayout weight = ParameterLayout.none().with(weight(), kernel, kernel, channels, filters);
        ParameterLayout scaled =
                shift == Shift.NORM_WITH_GAIN ? weight.with("bn" + number + ".weight", filters) : weight;
        return scaled.with(bias(), filters);
    }

    /** Running mean and variance, where there is batch normalisation. */
    ParameterLayout statisticsLayout() {
        return shift == Shift.BIAS
                ? ParameterLayout.none()
                : ParameterLayout.none()
                        .with("bn" + number + ".mean", filters)
                        .with("bn" + number + ".variance", filters);
    }

    private String weight() {
        return "conv" + number + ".weight";
    }

    private String bias() {
        return (shift == Shift.BIAS ? "conv" : "bn") + number + ".bias";
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

    /** What follows the convolution, on its result, [images x height x width, filters] of {@code geometry}'s output. */
    public Value activate(
            Map<String, Value> weights, Value convolved, ConvGeometry geometry, BatchNorm norm, double epsilon) {
        Value shifted = Ops.add(scaled(weights, convolved, norm, epsilon), Lookup.in(weights, bias()));
        if (pool == Pool.NONE) {
            return Ops.relu(shifted);
        }
        PoolGeometry pooling = new PoolGeometry(
                geometry.images(), geometry.outHeight(), geometry.outWidth(), filters, pool == Pool.PARTIAL);
        return Ops.relu(Ops.maxPool(shifted, pooling));
    }

    private Value scaled(Map<String, Value> weights, Value convolved, BatchNorm norm, double epsilon) {
        return switch (shift) {
            case BIAS -> convolved;
            case NORM -> norm.normalize(number, convolved, epsilon);
            case NORM_WITH_GAIN ->
                Ops.multiply(norm.normalize(number, convolved, epsilon), Lookup.in(weights, "bn" + number + ".weight"));
        };
    }
}
