package io.fewshot4j.catalog;

import io.fewshot4j.data.Normalisation;
import io.fewshot4j.episode.EpisodeDistortion;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.QueryCounts;
import io.fewshot4j.options.Describe;

/** The shapes of episodes in training, and in validation and test. */
public record EpisodeSettings(
        @Describe("classes of an episode") int way,
        @Describe("support images of each class") int shot,
        @Describe("query images of each class in training") int query,

        @Describe("classes of a training episode; 0 for way")
        int trainWay,

        @Describe("support images of each class in a training episode; 0 for shot")
        int trainShot,

        @Describe("query images of each class in validation and test; 0 for query")
        int testQuery,

        @Describe(
                "queries of a class in validation and test: equal, or dirichlet (way x test-query in all, in shares that are"
                        + " drawn)")
        QueryCounts testQueryCounts,

        @Describe("turns of classes in training episodes: none, or per-class (a quarter turn drawn for each)")
        EpisodeRotation episodeRotation,

        @Describe("the same in validation and test") EpisodeRotation testEpisodeRotation,

        @Describe("episodes of a test, at least 1") int testEpisodes,

        @Describe("what a network sees of a byte: unit (divided by 255), imagenet (then less ImageNet's mean of the"
                + " colour, divided by its deviation) or relation-net (then less 0.92206, divided by 0.08426)")
        Normalisation normalisation,

        @Describe("of each training image: none, or affine (rotation, shear, scale and shift as Koch et al. 2015)")
        EpisodeDistortion episodeDistortion) {
    public EpisodeSettings {
        if (way < 2) {
            throw new IllegalArgumentException("way must be at least 2, got " + way);
        }
        if (trainWay == 1 || trainWay < 0) {
            throw new IllegalArgumentException("train-way must be 0 or at least 2, got " + trainWay);
        }
        training(way, shot, query, trainWay, trainShot);
        new EpisodeShape(way, shot, testQuery == 0 ? query : testQuery);
        if (testEpisodes < 1) {
            throw new IllegalArgumentException("test-episodes must be at least 1, got " + testEpisodes);
        }
    }

    /** 5-way 1-shot with one query, tested with 600 episodes. */
    public static EpisodeSettings defaults() {
        return new EpisodeSettings(
                5,
                1,
                1,
                0,
                0,
                0,
                QueryCounts.EQUAL,
                EpisodeRotation.NONE,
                EpisodeRotation.NONE,
                600,
                Normalisation.UNIT,
                EpisodeDistortion.NONE);
    }

    EpisodeShape training() {
        return training(way, shot, query, trainWay, trainShot);
    }

    private static EpisodeShape training(int way, int shot, int query, int trainWay, int trainShot) {
        return new EpisodeShape(trainWay == 0 ? way : trainWay, trainShot == 0 ? shot : trainShot, query);
    }

    EpisodeShape test() {
        return new EpisodeShape(way, shot, testQuery == 0 ? query : testQuery);
    }
}
