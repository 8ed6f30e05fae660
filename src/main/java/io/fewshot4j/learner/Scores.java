package io.fewshot4j.learner;

import io.fewshot4j.nn.Objective;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A learner's answers on the heap: for each query the probability of each class, or the value of a function. */
public final class Scores {
    private final int way;
    private final double[] probabilities;

    /** Takes ownership of {@code probabilities}, [queries, way] in c-order. */
    public Scores(int way, double[] probabilities) {
        this.way = way;
        this.probabilities = probabilities;
    }

    /** Answers that an objective makes of a network's outputs [queries, outputs], such as the softmax of logits. */
    public static Scores of(Objective objective, INDArray outputs) {
        int width = Math.toIntExact(outputs.size(1));
        double[] values = Transfer.read(outputs);
        objective.answer(values, width);
        return new Scores(width, values);
    }

    /** Softmax of each row of logits [queries, way], in their memory. */
    public static Scores ofLogits(int way, double[] logits) {
        new Objective.CrossEntropy().answer(logits, way);
        return new Scores(way, logits);
    }

    /**
     * Takes for each query the last row of its own scores, as where queries are answered one by one behind the support
     * set.
     */
    public static Scores ofLastRows(List<Scores> each) {
        int way = each.get(0).way;
        double[] rows = new double[each.size() * way];
        for (int i = 0; i < each.size(); i++) {
            double[] own = each.get(i).probabilities;
            System.arraycopy(own, own.length - way, rows, i * way, way);
        }
        return new Scores(way, rows);
    }

    /** Rows of several, one after another. */
    public static Scores joined(List<Scores> parts) {
        double[] rows = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.probabilities))
                .toArray();
        return new Scores(parts.get(0).way, rows);
    }

    /** The rows cut into runs of {@code rows}, in order. */
    public List<Scores> inRuns(int rows) {
        int length = rows * way;
        return IntStream.range(0, probabilities.length / length)
                .mapToObj(i -> new Scores(way, Arrays.copyOfRange(probabilities, i * length, (i + 1) * length)))
                .toList();
    }

    public int way() {
        return way;
    }

    public int queries() {
        return probabilities.length / way;
    }

    /** Probability of a class; or, with label 0, the value of a function. */
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
