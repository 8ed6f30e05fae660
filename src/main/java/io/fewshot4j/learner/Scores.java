package io.fewshot4j.learner;

/** The probability of each class for each query, on the heap. */
public final class Scores {
    private final int way;
    private final double[] probabilities;

    /** Takes ownership of {@code probabilities}, [queries, way] in c-order. */
    public Scores(int way, double[] probabilities) {
        this.way = way;
        this.probabilities = probabilities;
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
}
