package io.fewshot4j.learner.gradient;

import io.fewshot4j.nn.HeadInit;
import io.fewshot4j.options.Describe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Settings of {@link MamlPlusPlus}: each of the paper's parts can be left out. */
public record MamlPlusPlusSettings(
        GradientSettings inner,

        @Describe("whether each array of weights has a learned rate for each inner step")
        boolean learnedRates,

        @Describe("whether batch normalisation has a gain and a bias for each inner step")
        boolean stepBatchNorm,

        @Describe("first iterations whose loss is a weighted sum over the inner steps; 0 for none")
        long multiStepLossIterations,

        @Describe("first iterations that hold the inner gradients fixed; 0 for none")
        long firstOrderIterations) {
    /** Part of an equal share that is left to every loss but the last as long as all count. */
    private static final double LEAST_SHARE = 0.03;

    public MamlPlusPlusSettings {
        int own = inner.innerSteps();
        if ((learnedRates || stepBatchNorm) && inner.testInnerSteps() > own) {
            throw new IllegalArgumentException("testInnerSteps must be at most innerSteps " + own
                    + " with learnedRates or stepBatchNorm, which end there, got " + inner.testInnerSteps());
        }
        if (multiStepLossIterations < 0 || firstOrderIterations < 0) {
            throw new IllegalArgumentException(
                    "multiStepLossIterations and firstOrderIterations must be at least 0, got "
                            + multiStepLossIterations + " and " + firstOrderIterations);
        }
    }

    /** The reference code's Omniglot settings, in which no iteration is first order. */
    static MamlPlusPlusSettings omniglot() {
        GradientSettings inner = new GradientSettings(0.1, 5, 5, false, HeadInit.GLOROT);
        return new MamlPlusPlusSettings(inner, true, true, 5000, 0);
    }

    /** Loss and order that are differentiated after {@code iteration} meta-updates. */
    Stage stage(long iteration) {
        int order = iteration < firstOrderIterations ? 1 : 2;
        return iteration < multiStepLossIterations
                ? Stage.everyStep(order, stepWeights((double) iteration / multiStepLossIterations))
                : Stage.lastStep(order);
    }

    /**
     * Weights of the steps: equal at first, then those before the last fall along a line to their least share; all sum
     * to 1.
     */
    private List<Double> stepWeights(double part) {
        int steps = inner.innerSteps();
        double early = Math.max(1 - part, LEAST_SHARE) / steps;
        List<Double> weights = new ArrayList<>(Collections.nCopies(steps - 1, early));
        weights.add(1 - (steps - 1) * early);
        return weights;
    }
}
