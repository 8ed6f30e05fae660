package io.fewshot4j.data.image;

/** Ways to bring an image to its size. */
public enum Resize {
    /**
     * The nearest pixel, then black or white at half: what Pillow does to 1-bit images whatever filter it is asked for,
     * and so the Omniglot of most papers.
     */
    NEAREST,
    /**
     * Lanczos with three lobes, widened when shrinking so that edges turn grey: Pillow's LANCZOS on 8-bit images, bit
     * for bit.
     */
    SMOOTH
}
