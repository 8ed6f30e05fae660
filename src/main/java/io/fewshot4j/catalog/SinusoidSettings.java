package io.fewshot4j.catalog;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.options.Describe;

/** Settings of the sine waves of <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a>. */
public record SinusoidSettings(
        @Describe("whether the network is given amplitude and phase beside the input, as the paper's oracle")
        boolean oracle,

        @Describe("variance of the targets about the function, as bmaml supposes it")
        double noiseVariance) {
    public SinusoidSettings {
        if (!(noiseVariance > 0)) {
            throw new IllegalArgumentException("noiseVariance must be above 0, got " + noiseVariance);
        }
    }

    /** The input alone; the precision of the code of Yoon et al. 2018. */
    static SinusoidSettings defaults() {
        return new SinusoidSettings(false, 0.01);
    }

    /** Inputs as images of one pixel, with a channel for each number. */
    ImageShape shape() {
        return new ImageShape(1, 1, oracle ? SinusoidTask.ORACLE_INPUTS : 1);
    }

    Objective objective() {
        return new Objective.SquaredError(noiseVariance);
    }
}
