package io.fewshot4j.learner.gradient;

import io.fewshot4j.nn.HeadInit;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;

/** Settings of the learners that adapt a network by gradient descent. */
public record GradientSettings(
        @Describe("inner learning rate, on the mean loss of the support set")
        double innerLearningRate,

        @Describe("inner steps in training, at least 1") int innerSteps,

        @Describe("inner steps in validation, evaluation and classification")
        int testInnerSteps,

        @Describe("whether inner steps change batch normalisation's gain and bias")
        boolean adaptBatchNorm,

        @Describe("first values of the head: normal (standard), glorot (uniform) or near-zero (deviation 0.01)")
        HeadInit headInit) {
    public GradientSettings {
        if (innerSteps < 1 || testInnerSteps < 1) {
            throw new IllegalArgumentException(
                    "innerSteps and testInnerSteps must be at least 1, got " + innerSteps + " and " + testInnerSteps);
        }
        if (!(innerLearningRate > 0)) {
            throw new IllegalArgumentException("innerLearningRate must be above 0, got " + innerLearningRate);
        }
    }

    /** The paper's Omniglot settings for 5-way tasks (Finn et al. 2017). */
    static GradientSettings omniglot() {
        return new GradientSettings(2.0, 1, 10, false, HeadInit.NORMAL);
    }

    /** These settings with another inner learning rate and other numbers of steps. */
    GradientSettings withSteps(double rate, int steps, int testSteps) {
        return new GradientSettings(rate, steps, testSteps, adaptBatchNorm, headInit);
    }

    /** Whether inner steps change an array: all, but batch normalisation's only where it is set. */
    boolean adapts(ParameterLayout.Entry entry) {
        return adaptBatchNorm || !entry.role().isNorm();
    }
}
