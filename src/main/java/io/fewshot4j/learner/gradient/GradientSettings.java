package io.fewshot4j.learner.gradient;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.learner.Conv4Settings;
import io.fewshot4j.options.Describe;

/** Settings of the learners that adapt Conv4 by gradient descent. */
public record GradientSettings(
        @Describe("inner learning rate, on the mean cross-entropy of the support set")
        double innerLearningRate,

        @Describe("inner steps in training, at least 1") int innerSteps,

        @Describe("inner steps in validation, evaluation and classification")
        int testInnerSteps,

        @Describe("2: through the inner gradients; 1: inner gradients held fixed")
        int order,

        Conv4Settings body,

        @Describe("whether batch normalisation has a gain (gamma)")
        boolean batchNormGain,

        @Describe("whether inner steps change batch normalisation's gain and bias")
        boolean adaptBatchNorm,

        @Describe("first values of the head: standard normal, or Glorot's uniform")
        HeadInit headInit) {
    /** How the last layer's weights begin. */
    public enum HeadInit {
        NORMAL,
        GLOROT
    }

    public GradientSettings {
        if (innerSteps < 1 || testInnerSteps < 1) {
            throw new IllegalArgumentException(
                    "innerSteps and testInnerSteps must be at least 1, got " + innerSteps + " and " + testInnerSteps);
        }
        if (order != 1 && order != 2) {
            throw new IllegalArgumentException("order must be 1 or 2, got " + order);
        }
        if (!(innerLearningRate > 0)) {
            throw new IllegalArgumentException("innerLearningRate must be above 0, got " + innerLearningRate);
        }
    }

    /** The paper's Omniglot settings for 5-way tasks (Finn et al. 2017), with gradients of an order. */
    static GradientSettings omniglot(int order) {
        return new GradientSettings(
                2.0,
                1,
                10,
                order,
                new Conv4Settings(
                        64, Conv4.Downsampling.STRIDE, Conv4.Head.MEAN, ConvGeometry.Padding.TENSORFLOW, 1e-3),
                false,
                false,
                HeadInit.NORMAL);
    }

    /** The same with another inner learning rate and other numbers of steps. */
    GradientSettings withSteps(double rate, int steps, int testSteps) {
        return new GradientSettings(rate, steps, testSteps, order, body, batchNormGain, adaptBatchNorm, headInit);
    }

    /** Whether inner steps change a parameter: all, but batch normalisation's only where it is set. */
    boolean adapts(String parameter) {
        return adaptBatchNorm || !parameter.startsWith("bn");
    }

    Conv4 network(ImageShape image) {
        return body.network(image, batchNormGain);
    }
}
