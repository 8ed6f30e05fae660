package io.fewshot4j.learner.head;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.Support;
import java.util.Arrays;
import java.util.List;

/**
 * The class of the support row that is nearest: a baseline of <a href="https://arxiv.org/abs/1606.04080">Vinyals et
 * al. 2016</a>.
 * Probabilities are the softmax of how near the nearest row of each class is.
 */
public record NearestNeighbour(Distance distance) implements Head {
    @Override
    public Adapted fit(Support support) {
        List<double[]> rows = prepared(support.examples());
        int[] labels = support.examples().labels();
        return (queries, statistics) ->
                Rows.scores(prepared(queries), query -> nearness(query, rows, labels, support.way()));
    }

    private List<double[]> prepared(LabelledImages features) {
        return Rows.of(features).stream().map(distance::prepared).toList();
    }

    private double[] nearness(double[] query, List<double[]> support, int[] labels, int way) {
        double[] nearest = new double[way];
        Arrays.fill(nearest, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < labels.length; i++) {
            nearest[labels[i]] = Math.max(nearest[labels[i]], distance.nearness(query, support.get(i)));
        }
        return nearest;
    }
}
