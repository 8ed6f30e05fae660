package io.fewshot4j.episode;

/** How images are turned when episodes are drawn. */
public enum EpisodeRotation {
    /** Not at all. */
    NONE,
    /** All images of a class by the same number of quarter turns, drawn for each class and episode: square images only. */
    PER_CLASS
}
