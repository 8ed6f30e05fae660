package io.fewshot4j.learner.head;

import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.Support;
import java.util.List;
import java.util.Optional;

/**
 * The nearest class mean of centred rows of length 1: CL2N of <a href="https://arxiv.org/abs/1911.04623">Wang et al.
 * 2019</a>,
 * which centres on the mean of the training classes.
 *
 * @param centre of the training classes; the support set's own mean where there is none
 */
public record SimpleShot(Optional<Centre> centre) implements Head {
    @Override
    public SimpleShot centredOn(Centre other) {
        return new SimpleShot(Optional.of(other));
    }

    @Override
    public boolean takesCentre() {
        return true;
    }

    @Override
    public Adapted fit(Support support) {
        Centre origin = centre.orElseGet(() -> Centre.of(support.examples()));
        List<double[]> means = Rows.means(
                origin.directions(support.examples()), support.examples().labels(), support.way());
        return (queries, statistics) -> Rows.scores(
                origin.directions(queries),
                query -> means.stream()
                        .mapToDouble(mean -> -Rows.squaredDistance(query, mean))
                        .toArray());
    }
}
