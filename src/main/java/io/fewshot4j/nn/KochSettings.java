package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.options.Describe;

/** Settings of {@link KochNet}. */
public record KochSettings(
        @Describe("filters of the first block; the others have 2, 2 and 4 times as many")
        int filters,

        @Describe("units of the last layer") int kochFeatures)
        implements NetworkSettings {
    /** The paper's (Koch et al. 2015). */
    public static KochSettings published() {
        return new KochSettings(64, 4096);
    }

    @Override
    public KochNet network(ImageShape image) {
        return KochNet.of(image, filters, kochFeatures);
    }
}
