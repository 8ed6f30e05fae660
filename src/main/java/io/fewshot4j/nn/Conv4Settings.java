package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.options.Describe;

/** Settings of {@link Conv4}. */
public record Conv4Settings(
        @Describe("filters of each of the four blocks") int filters,
        @Describe("how a block halves its images") Conv4.Downsampling pooling,
        @Describe("mean over positions, or all of them") Conv4.Head head,

        @Describe("zeros around images: as torch (1 each side), tensorflow (SAME) or none")
        ConvGeometry.Padding padding,

        @Describe("whether batch normalisation has a gain (gamma)")
        boolean batchNormGain,

        @Describe("added to variances") double batchNormEpsilon)
        implements NetworkSettings {
    public Conv4Settings {
        if (filters < 1) {
            throw new IllegalArgumentException("filters must be at least 1, got " + filters);
        }
        if (!(batchNormEpsilon > 0)) {
            throw new IllegalArgumentException("batchNormEpsilon must be above 0, got " + batchNormEpsilon);
        }
    }

    /** The form of most papers: max-pooling, all positions, a zero on each side, gain and bias. */
    public static Conv4Settings maxPooled(int filters) {
        return new Conv4Settings(
                filters, Conv4.Downsampling.MAX_POOL, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH, true, 1e-5);
    }

    @Override
    public Conv4 network(ImageShape image) {
        return new Conv4(image, filters, pooling, head, padding, batchNormGain, batchNormEpsilon);
    }
}
