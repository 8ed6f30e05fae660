package io.fewshot4j.learner.baseline;

/** Scores that a layer gives each class by an image's features. */
public enum ClassScores {
    /** A linear function with a bias. */
    LINEAR,
    /** The cosine of the features with the class's weights (Chen et al. 2019). */
    COSINE
}
