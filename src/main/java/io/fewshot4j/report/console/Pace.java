package io.fewshot4j.report.console;

import io.fewshot4j.report.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time taken, time left, and when the next plain line is due: after 5 seconds, and in long jobs after 2 % of the time
 * taken.
 */
final class Pace {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final int LINES_PER_DOUBLING = 50;

    private final InstantSource clock;
    private final Instant start;
    private Instant last;

    Pace(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
        this.last = start;
    }

    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    /** Whether a line is due; if so, the wait for the next one begins. */
    boolean due() {
        Instant now = clock.instant();
        Duration share = Duration.between(start, now).dividedBy(LINES_PER_DOUBLING);
        Duration wait = share.compareTo(SHORTEST) > 0 ? share : SHORTEST;
        if (Duration.between(last, now).compareTo(wait) < 0) {
            return false;
        }
        last = now;
        return true;
    }

    /** Units a second since the start; 0 before any time has passed. */
    double rate(long done) {
        double seconds = seconds();
        return seconds > 0 ? done / seconds : 0;
    }

    /** {@code 0:21 left} at the pace so far, or nothing before there is one. */
    String left(long done, long remaining) {
        if (done <= 0) {
            return "";
        }
        return Numbers.time(Duration.ofMillis(Math.round(1000 * seconds() * remaining / done))) + " left";
    }

    private double seconds() {
        return elapsed().toNanos() / 1e9;
    }
}
