package io.fewshot4j.learner.gradient;

/** Inner updates g1 to gk that make a meta-gradient. */
enum Combination {
    /** g1 + ... + gk, the first weights minus the last: Reptile. */
    SUM,
    /** gk alone: FOML. */
    LAST
}
