package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.options.Describe;
import java.util.List;

/** Settings of {@link ResNet12}. */
public record ResNet12Settings(
        @Describe("channels of each block: 64,128,256,512 or 64,160,320,640 in the papers")
        List<Integer> widths,

        @Describe("added to variances") double batchNormEpsilon)
        implements NetworkSettings {
    public ResNet12Settings {
        widths = List.copyOf(widths);
        if (!(batchNormEpsilon > 0)) {
            throw new IllegalArgumentException("batchNormEpsilon must be above 0, got " + batchNormEpsilon);
        }
    }

    /** The narrower of the two usual forms. */
    public static ResNet12Settings narrow() {
        return new ResNet12Settings(List.of(64, 128, 256, 512), 1e-5);
    }

    @Override
    public ResNet12 network(ImageShape image) {
        return new ResNet12(image, widths, batchNormEpsilon);
    }
}
