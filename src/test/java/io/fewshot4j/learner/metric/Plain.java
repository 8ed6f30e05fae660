package io.fewshot4j.learner.metric;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Arithmetic on the heap, written for tests alone. */
final class Plain {
    private Plain() {}

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(x -> Math.exp(x) / sum).toArray();
    }

    static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }

    static double[] scaled(double[] a, double factor) {
        return Arrays.stream(a).map(x -> x * factor).toArray();
    }

    static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    static double[][] random(Random random, int rows, int columns) {
        return IntStream.range(0, rows)
                .mapToObj(i -> random.doubles(columns, -0.5, 0.5).toArray())
                .toArray(double[][]::new);
    }

    /** Row times matrix. */
    static double[] product(double[] row, double[][] matrix) {
        return IntStream.range(0, matrix[0].length)
                .mapToDouble(column -> IntStream.range(0, row.length)
                        .mapToDouble(i -> row[i] * matrix[i][column])
                        .sum())
                .toArray();
    }

    /** Gates in columns: input, forget, candidate, output. */
    static final class Lstm {
        final double[][] input;
        final double[][] hidden;
        final double[][] bias;

        Lstm(double[][] input, double[][] hidden, double[][] bias) {
            this.input = input;
            this.hidden = hidden;
            this.bias = bias;
        }

        /** The next h and c. */
        double[][] step(double[] x, double[] h, double[] c) {
            double[] gates = sum(sum(product(x, input), product(h, hidden)), bias[0]);
            int n = h.length;
            double[] nextC = new double[n];
            double[] nextH = new double[n];
            for (int i = 0; i < n; i++) {
                nextC[i] = sigmoid(gates[n + i]) * c[i] + sigmoid(gates[i]) * Math.tanh(gates[2 * n + i]);
                nextH[i] = sigmoid(gates[3 * n + i]) * Math.tanh(nextC[i]);
            }
            return new double[][] {nextH, nextC};
        }
    }
}
