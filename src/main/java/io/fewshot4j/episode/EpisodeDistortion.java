package io.fewshot4j.episode;

/** Distortion of images when training episodes are drawn. */
public enum EpisodeDistortion {
    /** Not at all. */
    NONE,
    /** Each image by an {@link AffineDistortion} of its own. */
    AFFINE;

    LabelledImages apply(LabelledImages images, SplitMix random) {
        return this == NONE ? images : AffineDistortion.of(images, random);
    }
}
