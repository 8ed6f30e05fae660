package io.fewshot4j.learner.gradient;

import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.nn.LstmUpdate;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameters that are learned for inner steps, beside the network's weights.
 *
 * @param rates learning rates
 * @param highestRate rates begin uniformly between the inner learning rate and this
 * @param batchNorm whether each step has a gain and a bias of its own for each batch normalisation
 * @param lstm the update rule, where it is learned; rates do not count then
 */
record StepParameters(Rates rates, double highestRate, boolean batchNorm, Optional<LstmUpdate> lstm) {
    static final StepParameters NONE = new StepParameters(Rates.FIXED, 0, false);

    StepParameters(Rates rates, double highestRate, boolean batchNorm) {
        this(rates, highestRate, batchNorm, Optional.empty());
    }

    /** A learned rule alone. */
    static StepParameters of(LstmUpdate lstm) {
        return new StepParameters(Rates.FIXED, 0, false, Optional.of(lstm));
    }

    /** Weights that have a learning rate of their own. */
    enum Rates {
        /** Nothing: one rate that is not learned. */
        FIXED,
        /** Each weight, the same at every step. */
        PER_WEIGHT,
        /** Each array of weights at each step. */
        PER_ARRAY_AND_STEP
    }

    /** Writes the first values of a learning rate. */
    void initialise(INDArray rate, double lowest, Random random) {
        Initialisation.uniform(rate, lowest, highestRate, random);
    }

    /** Whether an inner step differs from the others by more than the weights it begins with. */
    boolean differByStep() {
        return batchNorm || rates == Rates.PER_ARRAY_AND_STEP;
    }
}
