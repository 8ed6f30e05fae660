package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.LabelledImages;
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

    /** @param support whose pixels, or features in their place, are compared */
    Neighbours(Distance distance, Support support) {
        this.distance = distance;
        this.way = support.way();
        this.labels = support.examples().labels();
        this.support = rows(support.examples());
    }

    private List<double[]> rows(LabelledImages images) {
        float[] pixels = images.pixels();
        int length = images.shape().size();
        return IntStream.range(0, images.count())
                .mapToObj(image -> distance.prepared(IntStream.range(image * length, (image + 1) * length)
                        .mapToDouble(i -> pixels[i])
                        .toArray()))
                .toList();
    }

    /** The softmax over classes of how near the nearest of each class is. */
    Scores scores(LabelledImages queries) {
        List<double[]> rows = rows(queries);
        double[] nearest = new double[rows.size() * way];
        Arrays.fill(nearest, Double.NEGATIVE_INFINITY);
        for (int query = 0; query < rows.size(); query++) {
            for (int i = 0; i < labels.length; i++) {
                int entry = query * way + labels[i];
                nearest[entry] = Math.max(nearest[entry], distance.nearness(rows.get(query), support.get(i)));
            }
        }
        return Scores.ofLogits(way, nearest);
    }
}
