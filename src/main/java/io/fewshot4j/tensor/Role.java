package io.fewshot4j.tensor;

/** Part that an array plays in a model: what learners choose arrays by, and what their first values follow from. */
public enum Role {
    /** Weights of a convolution, [kernel, kernel, in, out]. */
    CONVOLUTION,
    /** Weights of a fully connected layer, [in, out]. */
    DENSE,
    /** Bias of a convolution or a fully connected layer, [out]. */
    BIAS,
    /** Gain or running variance of a batch normalisation, [channels]. */
    NORM_SCALE,
    /** Bias or running mean of a batch normalisation, [channels]. */
    NORM_SHIFT,
    /** Weights or bias of the last layer, which has an output for each class or value. */
    HEAD,
    /** Learned inner learning rate. */
    RATE,
    /** Any other array, such as those of a learned update rule or of a recurrent cell. */
    OTHER;

    /** Whether it belongs to a batch normalisation. */
    public boolean isNorm() {
        return this == NORM_SCALE || this == NORM_SHIFT;
    }
}
