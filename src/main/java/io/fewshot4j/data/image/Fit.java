package io.fewshot4j.data.image;

/** Ways to fit an image of another aspect than the one wanted. */
public enum Fit {
    /** All of it is kept and stretched, as most few-shot codes do. */
    SQUASH,
    /** The largest centred box of the wanted aspect is kept. */
    CROP
}
