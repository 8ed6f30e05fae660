package io.fewshot4j.learner.gradient;

import io.fewshot4j.options.Describe;

/** Settings of {@link MetaSgd}. */
public record MetaSgdSettings(
        GradientSettings inner,

        @Describe("the weights' rates begin uniformly between inner-learning-rate and this")
        double highestInnerLearningRate) {
    public MetaSgdSettings {
        if (!(highestInnerLearningRate >= inner.innerLearningRate())) {
            throw new IllegalArgumentException("highestInnerLearningRate must be at least innerLearningRate "
                    + inner.innerLearningRate() + ", got " + highestInnerLearningRate);
        }
    }

    /** The paper's for 5-way tasks: 0.005 to 0.1 on a loss that is summed over the classes, and one step. */
    static MetaSgdSettings omniglot() {
        return new MetaSgdSettings(GradientSettings.omniglot().withSteps(0.025, 1, 1), 0.5);
    }
}
