package io.fewshot4j.learner.head;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.nn.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Arithmetic with rows of features. */
final class Rows {
    private Rows() {}

    /** Features that stand in the place of pixels. */
    static List<double[]> of(LabelledImages features) {
        float[] values = features.pixels();
        int width = features.shape().size();
        return IntStream.range(0, features.count())
                .mapToObj(row -> IntStream.range(row * width, (row + 1) * width)
                        .mapToDouble(i -> values[i])
                        .toArray())
                .toList();
    }

    /** Sum of products. */
    static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Sum of squared differences. */
    static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /** The row divided by its length; zeros stay. */
    static double[] unit(double[] row) {
        double length = Math.sqrt(product(row, row));
        return length == 0 ? row : Arrays.stream(row).map(v -> v / length).toArray();
    }

    /** Mean of at least one row. */
    static double[] mean(List<double[]> rows) {
        double[] mean = new double[rows.get(0).length];
        rows.forEach(row -> add(mean, row, 1.0 / rows.size()));
        return mean;
    }

    /** Mean of the rows of each label. */
    static List<double[]> means(List<double[]> rows, int[] labels, int way) {
        return IntStream.range(0, way)
                .mapToObj(label -> mean(IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == label)
                        .mapToObj(rows::get)
                        .toList()))
                .toList();
    }

    /** Adds {@code factor} times a row. */
    static void add(double[] target, double[] row, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * row[i];
        }
    }

    /** The row times a factor. */
    static double[] scaled(double[] row, double factor) {
        return Arrays.stream(row).map(v -> v * factor).toArray();
    }

    /** Sum of rows, each times its factor. */
    static double[] sum(List<double[]> rows, double[] factors) {
        double[] sum = new double[rows.get(0).length];
        for (int i = 0; i < factors.length; i++) {
            add(sum, rows.get(i), factors[i]);
        }
        return sum;
    }

    /** Product of each row with each. */
    static double[][] products(List<double[]> rows) {
        return rows.stream()
                .map(a -> rows.stream().mapToDouble(b -> product(a, b)).toArray())
                .toArray(double[][]::new);
    }

    /** Probabilities in proportion to the exponentials of logits. */
    static double[] softmax(double[] logits) {
        double[] probabilities = logits.clone();
        new Objective.CrossEntropy().answer(probabilities, probabilities.length);
        return probabilities;
    }

    /** Softmax of the logits of each query. */
    static Scores scores(List<double[]> queries, UnaryOperator<double[]> logits) {
        double[][] rows = queries.stream().map(logits).toArray(double[][]::new);
        return Scores.ofLogits(
                rows[0].length,
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }
}
