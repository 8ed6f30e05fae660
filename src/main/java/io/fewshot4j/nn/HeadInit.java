package io.fewshot4j.nn;

import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/** First values of the weights of a fully connected layer; biases are 0. */
public enum HeadInit {
    /** Standard normal. */
    NORMAL,
    /** Uniform after Glorot and Bengio (2010). */
    GLOROT,
    /** Normal with deviation 0.01, cut at two deviations, as TensorFlow's codes of MAML have it. */
    NEAR_ZERO;

    private static final double SMALL = 0.01;

    /** Writes first values into weights [in, out]. */
    public void write(INDArray weights, Random random) {
        switch (this) {
            case NORMAL -> Initialisation.normal(weights, random);
            case GLOROT -> Initialisation.glorot(weights, weights.size(0), weights.size(1), random);
            case NEAR_ZERO -> Initialisation.truncatedNormal(weights, SMALL, random);
        }
    }
}
