package io.fewshot4j.data;

/** How an image comes to its size. */
public enum Resize {
    /**
     * The nearest pixel, then black or white at half: what Pillow does to 1-bit images whatever filter it is asked for,
     * and so the Omniglot of most papers. What is larger than Omniglot's 105x105 files is first made that size by
     * {@link #SMOOTH}, black or white too, lest the strokes of a user's drawing fall between the samples.
     */
    NEAREST,
    /** Lanczos with three lobes, widened when shrinking so that edges turn grey: Pillow's LANCZOS on 8-bit images, bit for bit. */
    SMOOTH
}
