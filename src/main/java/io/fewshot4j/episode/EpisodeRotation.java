package io.fewshot4j.episode;

/** Rotation of images when episodes are drawn. */
public enum EpisodeRotation {
    /** Not at all. */
    NONE,
    /**
     * All images of a class by the same number of quarter turns, drawn for each class and episode: square images only.
     */
    PER_CLASS
}
