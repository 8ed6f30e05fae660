package io.fewshot4j.training;

/** Course of the meta-learning rate from its start to its minimum. */
public enum LearningRateSchedule {
    /** It stays. */
    CONSTANT,
    /** Multiplied by the decay after every so many iterations. */
    STEP,
    /** Along a straight line that ends at the last iteration. */
    LINEAR,
    /** Along half a cosine that ends at the last iteration. */
    COSINE;

    /** Whether another number of iterations would change the rate of every one of them. */
    public boolean spansTraining() {
        return this == LINEAR || this == COSINE;
    }
}
