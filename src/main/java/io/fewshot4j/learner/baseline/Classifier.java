package io.fewshot4j.learner.baseline;

/** Classifiers over a pretrained network. */
public enum Classifier {
    /** The support image of the nearest features. */
    NEAREST_NEIGHBOUR,
    /** A new linear head, trained on the support set's features, which stay. */
    NEW_HEAD,
    /** A new linear head, trained on the support set along with all layers. */
    FINE_TUNE
}
