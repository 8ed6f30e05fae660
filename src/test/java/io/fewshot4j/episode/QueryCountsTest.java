package io.fewshot4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueryCountsTest {
    private static final int DRAWS = 10_000;

    /** Probabilities of two queries and two classes: 2/4 x 3/5 for both of one class, so 0.3, 0.4, 0.3. */
    @Test
    void shares_are_those_of_a_dirichlet_distribution() {
        EpisodeShape shape = new EpisodeShape(2, 1, 1);
        double[] shares = new double[3];
        for (int i = 0; i < DRAWS; i++) {
            int[] counts = QueryCounts.DIRICHLET.draw(shape, new int[] {9, 9}, new SplitMix(1, i));
            shares[counts[0]] += 1.0 / DRAWS;
            assertThat(counts[0] + counts[1]).isEqualTo(2);
        }

        assertThat(shares).containsExactly(new double[] {0.3, 0.4, 0.3}, within(0.02)); // 4 standard deviations
    }

    @Test
    void a_class_has_no_more_queries_than_images() {
        EpisodeShape shape = new EpisodeShape(3, 1, 4);
        for (int i = 0; i < 200; i++) {
            int[] counts = QueryCounts.DIRICHLET.draw(shape, new int[] {4, 4, 5}, new SplitMix(1, i));

            assertThat(Arrays.stream(counts).sum()).isEqualTo(12);
            assertThat(counts[0]).isBetween(3, 4);
            assertThat(counts[1]).isBetween(3, 4);
            assertThat(counts[2]).isBetween(4, 5);
        }
    }

    @Test
    void episodes_have_as_many_queries_in_all_as_equal_ones_and_no_image_twice() {
        MemoryDataset data = new MemoryDataset(8, 20, new ImageShape(2, 2, 1));
        EpisodeSampler equal = new EpisodeSampler(data, new EpisodeShape(5, 1, 15), EpisodeRotation.NONE, 1);
        EpisodeSampler drawn = equal.counted(QueryCounts.DIRICHLET);

        assertThat(drawn.episode(3).query().count()).isEqualTo(75);
        assertThat(drawn.plan(3).classes()).extracting(c -> c.query().size()).isNotEqualTo(List.of(15, 15, 15, 15, 15));
        assertThat(drawn.plan(3).classes())
                .allSatisfy(c -> assertThat(Stream.concat(c.support().stream(), c.query().stream()))
                        .doesNotHaveDuplicates()
                        .allMatch(image -> image < 20));
        assertThat(drawn.counted(QueryCounts.EQUAL).plan(3)).isEqualTo(equal.plan(3));
    }
}
