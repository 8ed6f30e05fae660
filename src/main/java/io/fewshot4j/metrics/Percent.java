package io.fewshot4j.metrics;

import java.util.Locale;

/** Accuracies as people read them. */
public final class Percent {
    private Percent() {}

    /** "98.71 %" of 0.9871. */
    public static String of(double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }

    /** "98.71 % ± 0.35 %" of fractions. */
    public static String of(Interval interval) {
        return of(interval.mean()) + " ± " + of(interval.halfWidth());
    }
}
