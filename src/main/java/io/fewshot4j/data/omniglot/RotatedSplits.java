package io.fewshot4j.data.omniglot;

/** Splits in which every class is joined by three more, its images turned by quarter turns. */
public enum RotatedSplits {
    /** Nowhere. Turning a class for one episode is a matter of the episodes. */
    NONE,
    /** Training only: Reptile. */
    TRAIN,
    /** Training, validation and test: prototypical networks. Test then has four times the classes, another problem. */
    ALL
}
