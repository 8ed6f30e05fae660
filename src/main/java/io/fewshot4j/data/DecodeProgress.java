package io.fewshot4j.data;

/** Hears how far the decoding of a data set is, on the calling thread. */
@FunctionalInterface
public interface DecodeProgress {
    /** So many of all images are decoded. */
    void decoded(int done, int total);

    /** Something that is no fault but that the user should know, in one line. */
    default void note(String message) {}

    /** Tells nobody. */
    static DecodeProgress silent() {
        return (done, total) -> {};
    }
}
