package io.fewshot4j.metrics;

import java.util.List;

/** How many answers are right. */
public record Accuracy(int right, int total) {
    public Accuracy {
        if (total < 1 || right < 0 || right > total) {
            throw new IllegalArgumentException(
                    "an accuracy needs 1 answer or more and 0 to all of them right, got " + right + " of " + total);
        }
    }

    /** Of as many predicted labels as true ones, at least one. */
    public static Accuracy of(List<Integer> predicted, List<Integer> labels) {
        if (predicted.size() != labels.size()) {
            throw new IllegalArgumentException(
                    "predictions must be as many as labels, got " + predicted.size() + " for " + labels.size());
        }
        int right = 0;
        for (int i = 0; i < labels.size(); i++) {
            right += predicted.get(i).equals(labels.get(i)) ? 1 : 0;
        }
        return new Accuracy(right, labels.size());
    }

    /** The share that is right, 0 to 1. */
    public double fraction() {
        return (double) right / total;
    }
}
