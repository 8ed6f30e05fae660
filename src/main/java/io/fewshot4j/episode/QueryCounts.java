package io.fewshot4j.episode;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Ways to share the queries of an episode out among its classes. Their number in all is the same in every episode. */
public enum QueryCounts {
    /** Every class has the same number. */
    EQUAL,
    /**
     * Shares drawn from a Dirichlet distribution with parameter 2, by Pólya's urn: classes with many queries, with few
     * and with none, as in <a href="https://arxiv.org/abs/2204.11181">Veilleux et al. 2021</a>.
     */
    DIRICHLET;

    private static final int CONCENTRATION = 2;

    /**
     * The number of queries of each class.
     *
     * @param available images of each class that are not its support, together at least {@code way x query}
     */
    int[] draw(EpisodeShape shape, int[] available, SplitMix random) {
        int[] counts = new int[shape.way()];
        if (this == EQUAL) {
            Arrays.fill(counts, shape.query());
            return counts;
        }
        for (int query = 0; query < shape.querySize(); query++) {
            counts[drawn(counts, available, random)]++;
        }
        return counts;
    }

    /** A class, by what it has been given and the concentration; one whose images are used up is not drawn. */
    private static int drawn(int[] counts, int[] available, SplitMix random) {
        int[] weights = IntStream.range(0, counts.length)
                .map(c -> counts[c] < available[c] ? CONCENTRATION + counts[c] : 0)
                .toArray();
        int left = random.next(Arrays.stream(weights).sum());
        int drawn = 0;
        while (left >= weights[drawn]) {
            left -= weights[drawn++];
        }
        return drawn;
    }
}
