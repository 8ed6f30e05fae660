package io.fewshot4j.learner;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The probability of each class for each query, on the heap. */
public final class Scores {
    private final int way;
    private final double[] probabilities;

    /** Takes ownership of {@code probabilities}, [queries, way] in c-order. */
    public Scores(int way, double[] probabilities) {
        this.way = way;
        this.probabilities = probabilities;
    }

    /** The softmax of each row of logits [queries, way], in their memory. */
    public static Scores ofLogits(int way, double[] logits) {
        for (int row = 0; row < logits.length; row += way) {
            softmax(logits, row, way);
        }
        return new Scores(way, logits);
    }

    /** For each query the last row of its own scores, as where queries are answered one by one behind the support set. */
    public static Scores ofLastRows(List<Scores> each) {
        int way = each.get(0).way;
        double[] rows = new double[each.size() * way];
        for (int i = 0; i < each.size(); i++) {
            double[] own = each.get(i).probabilities;
            System.arraycopy(own, own.length - way, rows, i * way, way);
        }
        return new Scores(way, rows);
    }

    /** The rows cut into runs of {@code rows}, in order. */
    public List<Scores> inRuns(int rows) {
        int length = rows * way;
        return IntStream.range(0, probabilities.length / length)
                .mapToObj(i -> new Scores(way, Arrays.copyOfRange(probabilities, i * length, (i + 1) * length)))
                .toList();
    }

    private static void softmax(double[] values, int from, int way) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + way; i++) {
            max = Math.max(max, values[i]);
        }
        double sum = 0;
        for (int i = from; i < from + way; i++) {
            values[i] = Math.exp(values[i] - max);
            sum += values[i];
        }
        for (int i = from; i < from + way; i++) {
            values[i] /= sum;
        }
    }

    public int way() {
        return way;
    }

    public int queries() {
        return probabilities.length / way;
    }

    public double probability(int query, int label) {
        return probabilities[query * way + label];
    }

    /** The label of the highest probability; the lowest label of equals. */
    public int predicted(int query) {
        int best = 0;
        for (int label = 1; label < way; label++) {
            if (probability(query, label) > probability(query, best)) {
                best = label;
            }
        }
        return best;
    }

    /** The share of queries whose label is predicted. */
    public double accuracy(int[] labels) {
        long right = IntStream.range(0, labels.length)
                .filter(i -> predicted(i) == labels[i])
                .count();
        return (double) right / labels.length;
    }

    /** The mean of -log of the probability of each query's label. */
    public double loss(int[] labels) {
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> -Math.log(Math.max(Double.MIN_NORMAL, probability(i, labels[i]))))
                .average()
                .orElseThrow();
    }
}
