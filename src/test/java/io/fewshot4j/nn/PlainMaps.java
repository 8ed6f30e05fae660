package io.fewshot4j.nn;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Feature maps of a batch and what a residual network does to them, the plain way. */
final class PlainMaps {
    final int images;
    final int height;
    final int width;
    final int channels;
    /** Channels of pixels of rows of images. */
    final double[] values;

    PlainMaps(int images, int height, int width, int channels, double[] values) {
        this.images = images;
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.values = values;
    }

    /** A value by image, row, column and channel. */
    private interface Entry {
        double at(int image, int y, int x, int channel);
    }

    private static PlainMaps of(int images, int height, int width, int channels, Entry entry) {
        double[] values = new double[images * height * width * channels];
        Arrays.setAll(values, i -> {
            int pixel = i / channels;
            int row = pixel / width;
            return entry.at(row / height, row % height, pixel % width, i % channels);
        });
        return new PlainMaps(images, height, width, channels, values);
    }

    /** Zero outside. */
    private double at(int image, int y, int x, int channel) {
        return y < 0 || x < 0 || y >= height || x >= width
                ? 0
                : values[((image * height + y) * width + x) * channels + channel];
    }

    /** Convolves with weights [kernel, kernel, channels, filters] and as many zeros around as keep the size. */
    PlainMaps convolve(double[] weights, int kernel, int filters) {
        int rim = kernel / 2;
        return of(images, height, width, filters, (image, y, x, filter) -> {
            double sum = 0;
            for (int i = 0; i < kernel * kernel * channels; i++) {
                int position = i / channels;
                int dy = position / kernel - rim;
                int dx = position % kernel - rim;
                sum += at(image, y + dy, x + dx, i % channels) * weights[i * filters + filter];
            }
            return sum;
        });
    }

    /** Each channel with mean 0 and variance 1 over the batch, then times the gain and plus the bias. */
    PlainMaps normalize(double[] gain, double[] bias, double epsilon) {
        double[] means = new double[channels];
        double[] variances = new double[channels];
        double share = 1.0 / (images * height * width);
        for (int i = 0; i < values.length; i++) {
            means[i % channels] += share * values[i];
        }
        for (int i = 0; i < values.length; i++) {
            variances[i % channels] += share * Math.pow(values[i] - means[i % channels], 2);
        }
        return of(
                images,
                height,
                width,
                channels,
                (image, y, x, c) ->
                        gain[c] * (at(image, y, x, c) - means[c]) / Math.sqrt(variances[c] + epsilon) + bias[c]);
    }

    PlainMaps map(DoubleUnaryOperator function) {
        return new PlainMaps(
                images,
                height,
                width,
                channels,
                Arrays.stream(values).map(function).toArray());
    }

    PlainMaps combine(PlainMaps other, DoubleBinaryOperator function) {
        return of(
                images,
                height,
                width,
                channels,
                (image, y, x, c) -> function.applyAsDouble(at(image, y, x, c), other.at(image, y, x, c)));
    }

    /** The largest of each 2x2 block; an odd row or column is dropped. */
    PlainMaps maxPool() {
        return of(
                images,
                height / 2,
                width / 2,
                channels,
                (image, y, x, c) -> Math.max(
                        Math.max(at(image, 2 * y, 2 * x, c), at(image, 2 * y, 2 * x + 1, c)),
                        Math.max(at(image, 2 * y + 1, 2 * x, c), at(image, 2 * y + 1, 2 * x + 1, c))));
    }

    /** The mean over positions. */
    double[] means() {
        double[] means = new double[images * channels];
        int positions = height * width;
        for (int i = 0; i < values.length; i++) {
            int image = i / (positions * channels);
            means[image * channels + i % channels] += values[i] / positions;
        }
        return means;
    }
}
