package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.options.Describe;
import java.util.List;

/** Settings of {@link DenseNet}. */
public record MlpSettings(
        @Describe("units of the hidden layers, with a ReLU each")
        List<Integer> hidden,

        @Describe("first values of the weights: normal (standard), glorot (uniform) or near-zero (deviation 0.01)")
        HeadInit weightInit,

        @Describe("whether each hidden layer has batch normalisation")
        boolean batchNorm,

        @Describe("whether batch normalisation has a gain (gamma)")
        boolean batchNormGain,

        @Describe("added to variances") double batchNormEpsilon)
        implements NetworkSettings {
    public MlpSettings {
        hidden = List.copyOf(hidden);
        if (!(batchNormEpsilon > 0)) {
            throw new IllegalArgumentException("batchNormEpsilon must be above 0, got " + batchNormEpsilon);
        }
    }

    /** Layers of MAML's Omniglot experiment without convolutions (Finn et al. 2017). */
    public static MlpSettings omniglot() {
        return new MlpSettings(List.of(256, 128, 64, 64), HeadInit.NEAR_ZERO, true, false, 1e-3);
    }

    @Override
    public DenseNet network(ImageShape image) {
        return new DenseNet(image, hidden, weightInit, batchNorm, batchNormGain, batchNormEpsilon);
    }
}
