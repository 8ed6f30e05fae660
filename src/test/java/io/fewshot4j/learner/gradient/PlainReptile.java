package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.LabelledImages;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Reptile in plain arithmetic, for images of one pixel and one filter: a block is a factor, batch normalisation with
 * gain and bias, and a ReLU. Gradients are central differences.
 */
final class PlainReptile {
    /** Entries of a block: nine weights, of which the middle one counts, a gain and a bias. */
    private static final int BLOCK = 11;

    private static final double WIDTH = 1e-6;

    private final int way;
    private final double epsilon;
    final double[] weights;
    final double[] moment;
    double[] update = new double[0];
    final double[] sum;
    int steps;

    PlainReptile(int way, double epsilon, double[] weights, double[] moment, int steps) {
        this.way = way;
        this.epsilon = epsilon;
        this.weights = weights.clone();
        this.moment = moment.clone();
        this.sum = new double[weights.length];
        this.steps = steps;
    }

    double loss(LabelledImages batch) {
        return loss(weights, batch);
    }

    private double loss(double[] w, LabelledImages batch) {
        double[] x = new double[batch.count()];
        Arrays.setAll(x, i -> batch.pixels()[i]);
        for (int block = 0; block < 4; block++) {
            double[] y = normalized(x, w[BLOCK * block + 4]);
            double gain = w[BLOCK * block + 9];
            double bias = w[BLOCK * block + 10];
            Arrays.setAll(x, i -> Math.max(0, y[i] * gain + bias));
        }
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            double all = 0;
            for (int label = 0; label < way; label++) {
                all += Math.exp(logit(w, x[i], label));
            }
            loss -= (logit(w, x[i], batch.label(i)) - Math.log(all)) / x.length;
        }
        return loss;
    }

    private double[] normalized(double[] x, double factor) {
        double[] y = Arrays.stream(x).map(value -> value * factor).toArray();
        double mean = Arrays.stream(y).average().orElseThrow();
        double variance = Arrays.stream(y)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        return Arrays.stream(y)
                .map(value -> (value - mean) / Math.sqrt(variance + epsilon))
                .toArray();
    }

    private double logit(double[] w, double feature, int label) {
        return feature * w[4 * BLOCK + label] + w[4 * BLOCK + way + label];
    }

    private double[] gradient(LabelledImages batch) {
        double[] gradient = new double[weights.length];
        ToDoubleFunction<double[]> loss = w -> loss(w, batch);
        for (int i = 0; i < weights.length; i++) {
            double[] moved = weights.clone();
            moved[i] += WIDTH;
            double above = loss.applyAsDouble(moved);
            moved[i] -= 2 * WIDTH;
            gradient[i] = (above - loss.applyAsDouble(moved)) / (2 * WIDTH);
        }
        return gradient;
    }

    void sgd(LabelledImages batch, double rate) {
        double[] gradient = gradient(batch);
        move(Arrays.stream(gradient).map(g -> rate * g).toArray());
    }

    /** Adam as TensorFlow writes it: the rate is corrected, and epsilon added after the root. */
    void adam(LabelledImages batch, double rate) {
        double[] gradient = gradient(batch);
        steps++;
        double corrected = rate * Math.sqrt(1 - Math.pow(0.999, steps));
        Arrays.setAll(moment, i -> 0.999 * moment[i] + 0.001 * gradient[i] * gradient[i]);
        double[] step = new double[gradient.length];
        Arrays.setAll(step, i -> corrected * gradient[i] / (Math.sqrt(moment[i]) + 1e-8));
        move(step);
    }

    private void move(double[] step) {
        update = step;
        Arrays.setAll(weights, i -> weights[i] - step[i]);
        Arrays.setAll(sum, i -> sum[i] + step[i]);
    }
}
