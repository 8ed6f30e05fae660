package io.fewshot4j.learner.baseline;

import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Nearest neighbours: a query has the label of the support vector that is nearest to it. */
final class Neighbours {
    private final Distance distance;
    private final int way;
    private final int[] labels;
    private final List<double[]> support;

    /** @param vectors of the support images, one after another */
    Neighbours(Distance distance, Support support, double[] vectors) {
        this.distance = distance;
        this.way = support.way();
        this.labels = support.examples().labels();
        this.support = rows(vectors, labels.length);
    }

    private List<double[]> rows(double[] vectors, int count) {
        int length = vectors.length / count;
        return IntStream.range(0, count)
                .mapToObj(i -> distance.prepared(Arrays.copyOfRange(vectors, i * length, (i + 1) * length)))
                .toList();
    }

    /** The softmax over classes of how near the nearest of each class is. */
    Scores scores(double[] vectors, int queries) {
        double[] nearest = new double[queries * way];
        Arrays.fill(nearest, Double.NEGATIVE_INFINITY);
        List<double[]> rows = rows(vectors, queries);
        for (int query = 0; query < queries; query++) {
            for (int i = 0; i < labels.length; i++) {
                int entry = query * way + labels[i];
                nearest[entry] = Math.max(nearest[entry], distance.nearness(rows.get(query), support.get(i)));
            }
        }
        return Scores.ofLogits(way, nearest);
    }
}
