package io.fewshot4j.data.omniglot;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.options.Describe;

/** Division and decoding of Omniglot. */
public record OmniglotSettings(
        @Describe("which characters train, validate and test: vinyals (1028/172/423), random-1200 (1200/0/423),"
                + " random-1100 (1100/100/423) or background-evaluation (964/0/659)")
        OmniglotSplit classSplit,

        @Describe("height and width of an image in pixels, at least 1; files have 105")
        int imageSize,

        @Describe("nearest (black and white, as in most papers) or smooth (anti-aliased grey)")
        Resize resize,

        @Describe("which has the value one: ink-one or paper-one")
        Ink ink,

        @Describe("where quarter turns of a class are classes of their own: none, train or all")
        RotatedSplits rotatedClasses) {
    public OmniglotSettings {
        if (imageSize < 1 || imageSize > 1024) {
            throw new IllegalArgumentException("image-size must be 1 to 1024, got " + imageSize);
        }
    }

    /** Settings that MAML uses, on the split of Vinyals et al.: 28x28, nearest, ink 1, no rotated classes. */
    public static OmniglotSettings defaults() {
        return new OmniglotSettings(OmniglotSplit.VINYALS, 28, Resize.NEAREST, Ink.INK_ONE, RotatedSplits.NONE);
    }

    /** Decoder of its images, and of a user's own drawings (dark on light). */
    public ImageDecoder decoder() {
        ImageShape shape = new ImageShape(imageSize, imageSize, 1);
        return new ImageDecoder(shape, resize, Fit.SQUASH, ink == Ink.INK_ONE);
    }
}
