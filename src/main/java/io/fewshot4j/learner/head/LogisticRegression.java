package io.fewshot4j.learner.head;

import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.Support;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Multinomial logistic regression on rows of length 1 with a bias: the classifier of <a
 * href="https://arxiv.org/abs/2003.11539">Tian et al. 2020</a>. It minimises the summed cross-entropy plus {@code
 * penalty / 2}
 * times the squared weights, the bias's among them.
 *
 * <p>The weights are sums of support rows, so that the factors of these are sought: Nesterov's accelerated gradient
 * descent,
 * whose rate follows from how much the loss can curve.
 *
 * @param penalty above 0; 1 is the paper's
 */
public record LogisticRegression(double penalty) implements Head {
    private static final int MOST_STEPS = 20_000;

    /** Largest entry of a gradient that counts as none. */
    private static final double TOLERANCE = 1e-8;

    public LogisticRegression {
        if (!(penalty > 0)) {
            throw new IllegalArgumentException("penalty must be above 0, got " + penalty);
        }
    }

    @Override
    public Adapted fit(Support support) {
        List<double[]> rows = Rows.of(support.examples()).stream()
                .map(LogisticRegression::extended)
                .toList();
        double[][] factors = minimum(Rows.products(rows), support.examples().labels(), support.way());
        List<double[]> weights =
                Arrays.stream(factors).map(factor -> Rows.sum(rows, factor)).toList();
        return (queries, statistics) -> Rows.scores(
                Rows.of(queries).stream().map(LogisticRegression::extended).toList(),
                query -> weights.stream()
                        .mapToDouble(weight -> Rows.product(query, weight))
                        .toArray());
    }

    /** A row of length 1, and a 1 for the bias. */
    private static double[] extended(double[] row) {
        return DoubleStream.concat(Arrays.stream(Rows.unit(row)), DoubleStream.of(1))
                .toArray();
    }

    /** Factors [way][rows] of the support rows at the minimum. */
    private double[][] minimum(double[][] gram, int[] labels, int way) {
        double largest = Arrays.stream(gram)
                .mapToDouble(row -> Arrays.stream(row).map(Math::abs).sum())
                .max()
                .orElseThrow();
        double curve = largest / 2 + penalty;
        double root = Math.sqrt(curve / penalty);
        double momentum = (root - 1) / (root + 1);
        double[][] now = new double[way][gram.length];
        double[][] ahead = new double[way][gram.length];
        for (int step = 0; step < MOST_STEPS; step++) {
            double[][] gradient = gradient(gram, labels, ahead);
            for (int label = 0; label < way; label++) {
                double[] next = ahead[label].clone();
                Rows.add(next, gradient[label], -1 / curve);
                ahead[label] = Rows.scaled(next, 1 + momentum);
                Rows.add(ahead[label], now[label], -momentum);
                now[label] = next;
            }
            if (Arrays.stream(gradient).flatMapToDouble(Arrays::stream).allMatch(g -> Math.abs(g) < TOLERANCE)) {
                break;
            }
        }
        return now;
    }

    /** Probability of each class for each row less its target, plus the penalty's share. */
    private double[][] gradient(double[][] gram, int[] labels, double[][] factors) {
        int way = factors.length;
        double[][] gradient = new double[way][gram.length];
        for (int row = 0; row < gram.length; row++) {
            double[] products = gram[row];
            double[] logits = Arrays.stream(factors)
                    .mapToDouble(factor -> Rows.product(factor, products))
                    .toArray();
            double[] probabilities = Rows.softmax(logits);
            for (int label = 0; label < way; label++) {
                double target = labels[row] == label ? 1 : 0;
                gradient[label][row] = probabilities[label] - target + penalty * factors[label][row];
            }
        }
        return gradient;
    }
}
