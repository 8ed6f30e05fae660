package io.fewshot4j.training;

/** Hears how far jobs are. */
@FunctionalInterface
public interface JobWatch {
    /** A job that is under way. */
    interface Job extends AutoCloseable {
        /** So many more things are done. */
        void advance(int more);

        @Override
        default void close() {
            // silence needs no end
        }
    }

    /** A job begins: {@code begin("embedding", "images", 400)}. */
    Job begin(String job, String things, int total);

    /** One that tells nobody. */
    static JobWatch silent() {
        return (job, things, total) -> more -> {};
    }
}
