package io.fewshot4j.training;

import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** ND4J's update rules that can be a meta-optimiser, with ND4J's constants. */
public enum Updater {
    ADAM,
    AMSGRAD,
    NESTEROVS,
    RMSPROP,
    SGD;

    /** The rule as ND4J configures it; {@code momentum} is for Nesterov's alone. */
    IUpdater config(double momentum) {
        return switch (this) {
            case ADAM -> new Adam();
            case AMSGRAD -> new AMSGrad();
            case NESTEROVS -> new Nesterovs(momentum);
            case RMSPROP -> new RmsProp();
            case SGD -> new Sgd();
        };
    }
}
