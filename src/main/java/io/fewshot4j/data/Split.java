package io.fewshot4j.data;

/** The three disjoint parts of a data set's classes. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
