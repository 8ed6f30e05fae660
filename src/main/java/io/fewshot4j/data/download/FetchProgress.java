package io.fewshot4j.data.download;

/** Hears how far a download is, after every piece that arrives. */
@FunctionalInterface
public interface FetchProgress {
    /** {@code done} of {@code total} bytes of the file are there; {@code total} is -1 where the server does not say. */
    void on(String file, long done, long total);
}
