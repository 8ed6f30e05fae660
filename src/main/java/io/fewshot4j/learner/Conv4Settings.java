package io.fewshot4j.learner;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.options.Describe;

/** Settings of the network of four blocks, wherever it stands. */
public record Conv4Settings(
        @Describe("filters of each of the four blocks") int filters,
        @Describe("how a block halves its images") Conv4.Downsampling pooling,
        @Describe("mean over positions, or all of them") Conv4.Head head,

        @Describe("zeros around images: as torch (1 each side), tensorflow (SAME) or none")
        ConvGeometry.Padding padding,

        @Describe("added to variances") double batchNormEpsilon) {
    public Conv4Settings {
        if (filters < 1) {
            throw new IllegalArgumentException("filters must be at least 1, got " + filters);
        }
        if (!(batchNormEpsilon > 0)) {
            throw new IllegalArgumentException("batchNormEpsilon must be above 0, got " + batchNormEpsilon);
        }
    }

    /** The network for such images. */
    public Conv4 network(ImageShape image, boolean batchNormGain) {
        return new Conv4(
                image.height(),
                image.width(),
                image.channels(),
                filters,
                pooling,
                head,
                padding,
                batchNormGain,
                batchNormEpsilon);
    }
}
