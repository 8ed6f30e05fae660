package io.fewshot4j.data.miniimagenet;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.options.Describe;

/** Decoding of Mini-ImageNet. */
public record MiniImageNetSettings(
        @Describe("height and width of an image in pixels, 1 to 1024; papers use 84")
        int imageSize) {
    public MiniImageNetSettings {
        if (imageSize < 1 || imageSize > 1024) {
            throw new IllegalArgumentException("image-size must be 1 to 1024, got " + imageSize);
        }
    }

    /** 84x84, as all papers. */
    public static MiniImageNetSettings defaults() {
        return new MiniImageNetSettings(84);
    }

    /** Decoder of its images, and of a user's own: in colour, squashed by Pillow's LANCZOS. */
    public ImageDecoder decoder() {
        return new ImageDecoder(new ImageShape(imageSize, imageSize, 3), Resize.SMOOTH, Fit.SQUASH, false);
    }
}
