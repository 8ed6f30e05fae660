package io.fewshot4j.nn;

import java.util.function.UnaryOperator;

/** Stein variational gradient descent as the papers write it, entry by entry. */
public final class PlainStein {
    private PlainStein() {}

    /**
     * The particles after a step.
     *
     * @param gradient of a particle's energy
     */
    public static double[][] step(double[][] particles, UnaryOperator<double[]> gradient, double rate) {
        double bandwidth = bandwidth(particles);
        double[][] next = new double[particles.length][];
        for (int i = 0; i < particles.length; i++) {
            next[i] = particles[i].clone();
            for (double[] other : particles) {
                double kernel = Math.exp(-squaredDistance(other, particles[i]) / bandwidth);
                double[] down = gradient.apply(other);
                for (int k = 0; k < other.length; k++) {
                    double kernelGradient = -2 * (other[k] - particles[i][k]) / bandwidth * kernel;
                    next[i][k] += rate / particles.length * (kernelGradient - kernel * down[k]);
                }
            }
        }
        return next;
    }

    private static double bandwidth(double[][] particles) {
        int count = particles.length;
        double sum = 0;
        for (double[] a : particles) {
            for (double[] b : particles) {
                sum += squaredDistance(a, b);
            }
        }
        return sum / (count * (count - 1)) / Math.log(count);
    }

    /** Squared distance of all particles to all others of the same number. */
    public static double squaredDistance(double[][] some, double[][] others) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += squaredDistance(some[i], others[i]);
        }
        return sum;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }
}
