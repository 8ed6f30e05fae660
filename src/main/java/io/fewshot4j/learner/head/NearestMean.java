package io.fewshot4j.learner.head;

import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.Support;
import java.util.List;

/**
 * The class whose mean is nearest: by squared Euclidean distance as <a href="https://arxiv.org/abs/1703.05175">Snell
 * et al.
 * 2017</a>, or by ten times the cosine as <a href="https://arxiv.org/abs/2003.04390">Chen et al. 2020</a>
 * (Meta-Baseline).
 */
public record NearestMean(Distance distance) implements Head {
    private static final double COSINE_SCALE = 10;

    @Override
    public Adapted fit(Support support) {
        List<double[]> means =
                Rows.means(Rows.of(support.examples()), support.examples().labels(), support.way()).stream()
                        .map(distance::prepared)
                        .toList();
        return (queries, statistics) -> Rows.scores(Rows.of(queries), query -> logits(distance.prepared(query), means));
    }

    private double[] logits(double[] query, List<double[]> means) {
        return means.stream()
                .mapToDouble(mean -> distance == Distance.COSINE
                        ? COSINE_SCALE * Rows.product(query, mean)
                        : -Rows.squaredDistance(query, mean))
                .toArray();
    }
}
