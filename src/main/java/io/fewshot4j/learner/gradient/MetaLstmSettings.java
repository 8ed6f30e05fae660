package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.LstmUpdate;
import io.fewshot4j.learner.Conv4Settings;
import io.fewshot4j.options.Describe;

/** Settings of {@link MetaLstm}. The inner learning rate is a factor of the gradients that the LSTM is given. */
public record MetaLstmSettings(
        GradientSettings inner,

        @Describe("entries of the LSTM's state for each weight")
        int lstmHidden,

        @Describe("the forget gate's bias begins uniformly between this and 1 more")
        double forgetBias,

        @Describe("the input gate's bias begins uniformly between this and 1 more")
        double inputBias) {
    public MetaLstmSettings {
        if (lstmHidden < 1) {
            throw new IllegalArgumentException("lstmHidden must be at least 1, got " + lstmHidden);
        }
    }

    /** The paper's for 1 shot, whose code divides the gradient of the mean loss by the 5 support images. */
    static MetaLstmSettings miniImagenet() {
        GradientSettings inner = new GradientSettings(
                0.2,
                12,
                12,
                1,
                new Conv4Settings(
                        32, Conv4.Downsampling.MAX_POOL, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH, 1e-3),
                true,
                true,
                GradientSettings.HeadInit.GLOROT);
        return new MetaLstmSettings(inner, 20, 4, -5);
    }

    LstmUpdate rule() {
        return new LstmUpdate(lstmHidden, forgetBias, inputBias, inner.innerLearningRate());
    }
}
