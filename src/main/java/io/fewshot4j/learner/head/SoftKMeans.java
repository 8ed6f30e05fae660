package io.fewshot4j.learner.head;

import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Class means that queries are drawn into, each by its probability: soft k-means of <a
 * href="https://arxiv.org/abs/1803.00676">Ren et al. 2018</a>, on rows that are centred and of length 1 as {@link
 * SimpleShot}
 * has them. The paper's unlabelled images are the queries themselves, so it is transductive. Classes may have any
 * number of
 * queries.
 *
 * @param centre of the training classes; the support set's own mean where there is none
 */
public record SoftKMeans(Optional<Centre> centre) implements Head {
    /** Factor of squared distances, 0 to 4 between rows of length 1. */
    private static final double SHARPNESS = 10;

    private static final int REFINEMENTS = 10;

    @Override
    public SoftKMeans centredOn(Centre other) {
        return new SoftKMeans(Optional.of(other));
    }

    @Override
    public boolean takesCentre() {
        return true;
    }

    @Override
    public boolean transductive() {
        return true;
    }

    @Override
    public Adapted fit(Support support) {
        Centre origin = centre.orElseGet(() -> Centre.of(support.examples()));
        List<double[]> examples = origin.directions(support.examples());
        int[] labels = support.examples().labels();
        List<double[]> first = Rows.means(examples, labels, support.way());
        int[] shots = support.examples().countByLabel(support.way());
        return (queries, statistics) -> {
            List<double[]> rows = origin.directions(queries);
            Scores scores = scores(rows, first);
            for (int i = 0; i < REFINEMENTS; i++) {
                scores = scores(rows, refined(first, shots, rows, scores));
            }
            return scores;
        };
    }

    private static Scores scores(List<double[]> rows, List<double[]> means) {
        return Rows.scores(
                rows,
                row -> means.stream()
                        .mapToDouble(mean -> -SHARPNESS * Rows.squaredDistance(row, mean))
                        .toArray());
    }

    /** Mean of each class's examples, which weigh 1, and of all queries, which weigh as much as they are probable. */
    private static List<double[]> refined(List<double[]> first, int[] shots, List<double[]> queries, Scores scores) {
        return IntStream.range(0, first.size())
                .mapToObj(label -> {
                    double[] sum = new double[first.get(label).length];
                    double weight = shots[label];
                    Rows.add(sum, first.get(label), weight);
                    for (int query = 0; query < queries.size(); query++) {
                        Rows.add(sum, queries.get(query), scores.probability(query, label));
                        weight += scores.probability(query, label);
                    }
                    return Rows.scaled(sum, 1 / weight);
                })
                .toList();
    }
}
