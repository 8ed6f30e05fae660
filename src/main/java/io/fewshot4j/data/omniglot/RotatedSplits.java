package io.fewshot4j.data.omniglot;

/** Where every class is joined by three more, its images turned by quarter turns. */
public enum RotatedSplits {
    /** Nowhere. Turning a class for one episode is a matter of the episodes. */
    NONE,
    /** In training only: Reptile. */
    TRAIN,
    /** In training, validation and test: prototypical networks. Test then has four times the classes, another problem. */
    ALL
}
