package io.fewshot4j.learner.gradient;

/**
 * What is learned for inner steps, beside the network's weights.
 *
 * @param rates learning rates
 * @param highestRate rates begin uniformly between the inner learning rate and this
 * @param batchNorm whether each step has a gain and a bias of its own for each batch normalisation
 */
record StepParameters(Rates rates, double highestRate, boolean batchNorm) {
    static final StepParameters NONE = new StepParameters(Rates.FIXED, 0, false);

    /** What has a learning rate of its own. */
    enum Rates {
        /** Nothing: one rate that is not learned. */
        FIXED,
        /** Each weight, the same at every step. */
        PER_WEIGHT,
        /** Each array of weights at each step. */
        PER_ARRAY_AND_STEP
    }

    /** Whether an inner step differs from the others by more than the weights it begins with. */
    boolean differByStep() {
        return batchNorm || rates == Rates.PER_ARRAY_AND_STEP;
    }
}
