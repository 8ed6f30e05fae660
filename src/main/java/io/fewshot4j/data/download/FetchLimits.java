package io.fewshot4j.data.download;

import java.time.Duration;

/**
 * Patience of a download.
 *
 * @param attempts how many tries in a row may bring nothing new, at least 1
 * @param firstPause before the second try; each further pause is twice as long
 * @param silence how long the server may send nothing
 * @param sleeper what makes a pause
 */
public record FetchLimits(int attempts, Duration firstPause, Duration silence, Sleeper sleeper) {
    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** Six tries with pauses of 1, 2, 4, 8 and 16 seconds; 30 seconds of silence. */
    public static FetchLimits usual() {
        return new FetchLimits(
                6, Duration.ofSeconds(1), Duration.ofSeconds(30), pause -> Thread.sleep(pause.toMillis()));
    }

    void pauseAfter(int failures) throws InterruptedException {
        sleeper.sleep(firstPause.multipliedBy(1L << Math.min(failures - 1, 20)));
    }
}
