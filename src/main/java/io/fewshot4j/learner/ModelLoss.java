package io.fewshot4j.learner;

/** A loss as a function of a model's present parameters: what finite differences are taken of. */
@FunctionalInterface
public interface ModelLoss {
    double value();
}
