package io.fewshot4j.episode;

/** Numbered episodes of one shape over one data set; many threads may ask. */
public interface EpisodeSource {
    /** Images that the episode of an index is made of. */
    EpisodePlan plan(long index);

    /** The episode of an index, with its pixels. */
    Episode episode(long index);

    EpisodeShape shape();

    /** Seed of the episodes; 0 where they are fixed. */
    long seed();

    /** The fingerprint of the data that episodes are made of. */
    String fingerprint();
}
