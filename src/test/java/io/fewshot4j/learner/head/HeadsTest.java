package io.fewshot4j.learner.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.FeatureRows;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each head by figures worked out by hand. */
final class HeadsTest {
    private static final int[] ONE_EACH = {0, 1};

    private static Support support(int[] labels, float... features) {
        return new Support(List.of("a", "b"), rows(labels, features));
    }

    private static LabelledImages rows(int[] labels, float... features) {
        return new FeatureRows(features.length / labels.length).examples(features, labels);
    }

    private static Scores scores(Head head, Support support, float... queries) {
        int count = queries.length / support.examples().shape().size();
        return head.fit(support).score(rows(new int[count], queries), BatchStatistics.RUNNING);
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static void assertProbability(Scores scores, int query, int label, double expected) {
        assertThat(scores.probability(query, label)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void nearest_neighbour_by_cosine_looks_at_directions() {
        Support support = support(new int[] {0, 1, 1}, 10, 0, 1, 1, 0, 0);

        Scores scores = scores(new NearestNeighbour(Distance.COSINE), support, 3, 1);

        // cosines 3 / sqrt(10), 4 / sqrt(20) and 0 for the row of zeros: b's nearest is 0.8944
        assertProbability(scores, 0, 0, sigmoid(3 / Math.sqrt(10) - 4 / Math.sqrt(20)));
        assertThat(scores.predicted(0)).isZero();
    }

    @Test
    void nearest_neighbour_by_euclidean_distance_looks_at_lengths() {
        Support support = support(new int[] {0, 1, 1}, 10, 0, 1, 1, 0, 0);

        Scores scores = scores(new NearestNeighbour(Distance.EUCLIDEAN), support, 3, 1, 9, 0);

        // distances sqrt(50), 2 and sqrt(10); then 1, sqrt(65) and 9
        assertProbability(scores, 0, 1, sigmoid(Math.sqrt(50) - 2));
        assertProbability(scores, 1, 0, sigmoid(Math.sqrt(65) - 1));
    }

    @Test
    void nearest_mean_takes_squared_distances_from_means() {
        Support support = support(new int[] {0, 1, 0}, 0, 0, 0, 4, 2, 0);

        // means (1, 0) and (0, 4): squared distances 1 and 10
        assertProbability(scores(new NearestMean(Distance.EUCLIDEAN), support, 1, 1), 0, 0, sigmoid(9));
    }

    @Test
    void nearest_mean_takes_ten_times_cosines() {
        Support support = support(ONE_EACH, 3, 4, 0, 2);

        // cosines 0.8 and 1
        assertProbability(scores(new NearestMean(Distance.COSINE), support, 0, 5), 0, 1, sigmoid(2));
    }

    @Test
    void simpleshot_looks_at_directions_from_the_centre() {
        Head head = new SimpleShot(Optional.empty()).centredOn(new Centre(List.of(1.0, 1.0)));

        // from (1, 1): (3, 4) / 5, (0, -1), and the query (0, 1): squared distances 0.4 and 4
        assertProbability(scores(head, support(ONE_EACH, 4, 5, 1, 0), 1, 3), 0, 0, sigmoid(3.6));
    }

    @Test
    void simpleshot_without_a_centre_takes_the_mean_of_the_support_set() {
        // from (1, 0): (1, 0), (-1, 0), and the query (1, 0)
        Scores scores = scores(new SimpleShot(Optional.empty()), support(ONE_EACH, 2, 0, 0, 0), 3, 0);

        assertProbability(scores, 0, 0, sigmoid(4));
    }

    @Test
    void ridge_regression_shrinks_orthogonal_classes_by_half() {
        // rows (1, 0) and (0, 1), penalty 1: weights (0.5, 0) and (0, 0.5); the query is (0.6, 0.8)
        Scores scores = scores(new RidgeRegression(1), support(ONE_EACH, 2, 0, 0, 3), 3, 4);

        assertProbability(scores, 0, 1, sigmoid(10 * (0.4 - 0.3)));
    }

    @Test
    void ridge_regression_takes_more_rows_than_features() {
        // rows 1, -1, 1: X'X + 1 = 4, X'Y = (2, -1), weights 0.5 and -0.25
        Scores scores = scores(new RidgeRegression(1), support(new int[] {0, 1, 0}, 5, -2, 1), 7);

        assertProbability(scores, 0, 0, sigmoid(10 * 0.75));
    }

    @Test
    void logistic_regression_stops_where_the_gradient_is_zero() {
        // weights w and -w by symmetry: 2 log(1 + exp(-2w)) + w^2 is least at w = 2 sigmoid(-2w), about 0.5213
        double p =
                scores(new LogisticRegression(1), support(ONE_EACH, 3, -3), 8).probability(0, 0);

        double weight = Math.log(p / (1 - p)) / 2;
        assertThat(weight).isCloseTo(2 * (1 - p), within(1e-7)).isCloseTo(0.5213, within(1e-4));
    }

    @Test
    void logistic_regression_has_a_bias() {
        Scores scores = scores(new LogisticRegression(1), support(new int[] {0, 0, 0, 1}, 1, 1, 1, 1), 1);

        // all rows are (1, 1), weights (w, w) and (-w, -w): p = sigmoid(4w), and the gradient 4p - 3 + w is zero
        double p = scores.probability(0, 0);
        double w = Math.log(p / (1 - p)) / 4;
        assertThat(3 - 4 * p).isCloseTo(w, within(1e-7));
    }

    @Test
    void soft_k_means_draws_means_towards_queries() {
        Head head = new SoftKMeans(Optional.empty());
        Support support = support(ONE_EACH, 2, 0, 0, 0);

        // directions from (1, 0): a (1, 0), b (-1, 0), queries (0, 1) and (1, 0)
        Scores alone = scores(head, support, 1, 5);
        Scores both = scores(head, support, 1, 5, 3, 0);

        assertProbability(alone, 0, 0, 0.5);
        assertThat(both.probability(0, 0)).isCloseTo(plainSoftKMeans(), within(1e-9));
        assertThat(both.predicted(1)).isZero();
    }

    /**
     * Ten refinements of two means, with queries (0, 1) and (1, 0), written out; the first query's probability of
     * a.
     */
    private static double plainSoftKMeans() {
        double[] a = {1, 0};
        double[] b = {-1, 0};
        double first = 0;
        for (int i = 0; i <= 10; i++) {
            first = sigmoid(10 * (distance(b, 0, 1) - distance(a, 0, 1)));
            double second = sigmoid(10 * (distance(b, 1, 0) - distance(a, 1, 0)));
            double ofA = 1 + first + second;
            double ofB = 1 + (1 - first) + (1 - second);
            a = new double[] {(1 + second) / ofA, first / ofA};
            b = new double[] {(-1 + (1 - second)) / ofB, (1 - first) / ofB};
        }
        return first;
    }

    private static double distance(double[] mean, double x, double y) {
        return (mean[0] - x) * (mean[0] - x) + (mean[1] - y) * (mean[1] - y);
    }
}
