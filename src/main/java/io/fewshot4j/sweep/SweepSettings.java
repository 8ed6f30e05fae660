package io.fewshot4j.sweep;

import io.fewshot4j.options.Describe;

/** Settings of a sweep's search. */
public record SweepSettings(
        @Describe("grid (all combinations) or random (draws)")
        Search search,

        @Describe("trials that a random search draws; 0 in a grid, which has its combinations")
        int trials,

        @Describe("seed of a random search") long searchSeed,

        @Describe("iterations after which the better trials go on, by successive halving; 0 trains all to their end")
        long firstIterations,

        @Describe("one trial of so many goes on, with as many times the iterations, at least 2")
        int reduction) {
    /** The most trials of a sweep. */
    static final int MOST = 10_000;

    /** Ways to choose the trials. */
    public enum Search {
        GRID,
        RANDOM
    }

    public SweepSettings {
        if (search == Search.RANDOM && (trials < 1 || trials > MOST)) {
            throw new IllegalArgumentException(
                    "trials must be from 1 to " + MOST + " in a random search, got " + trials);
        }
        if (search == Search.GRID && trials != 0) {
            throw new IllegalArgumentException("trials must be left out of a grid, which has its combinations, got "
                    + trials + "; or set search: random");
        }
        if (firstIterations < 0) {
            throw new IllegalArgumentException("firstIterations must be at least 0, got " + firstIterations);
        }
        if (reduction < 2) {
            throw new IllegalArgumentException("reduction must be at least 2, got " + reduction);
        }
    }

    /** A grid whose trials are all trained to their end. */
    public static SweepSettings defaults() {
        return new SweepSettings(Search.GRID, 0, 1, 0, 3);
    }
}
