package io.fewshot4j.learner.gradient;

import io.fewshot4j.nn.HeadInit;
import io.fewshot4j.nn.LstmUpdate;
import io.fewshot4j.options.Describe;

/** Settings of {@link MetaLstm}. The inner learning rate is a factor of the gradients that the LSTM is given. */
public record MetaLstmSettings(
        GradientSettings inner,

        @Describe(
                "1: gradients and losses that the LSTM is given are held fixed, as in the paper; 2: derivatives go through them")
        int order,

        @Describe("entries of the LSTM's state for each weight")
        int lstmHidden,

        @Describe("the forget gate's bias begins uniformly between this and 1 more")
        double forgetBias,

        @Describe("the input gate's bias begins uniformly between this and 1 more")
        double inputBias) {
    public MetaLstmSettings {
        if (order != 1 && order != 2) {
            throw new IllegalArgumentException("order must be 1 or 2, got " + order);
        }
        if (lstmHidden < 1) {
            throw new IllegalArgumentException("lstmHidden must be at least 1, got " + lstmHidden);
        }
    }

    /** The paper's for 1 shot, whose code divides the gradient of the mean loss by the 5 support images. */
    static MetaLstmSettings miniImagenet() {
        GradientSettings inner = new GradientSettings(0.2, 12, 12, true, HeadInit.GLOROT);
        return new MetaLstmSettings(inner, 1, 20, 4, -5);
    }

    LstmUpdate rule() {
        return new LstmUpdate(lstmHidden, forgetBias, inputBias, inner.innerLearningRate());
    }
}
