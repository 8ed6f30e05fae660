package io.fewshot4j.learner;

/** A loss as a function of a model's present parameters. */
@FunctionalInterface
public interface Objective {
    double loss();
}
