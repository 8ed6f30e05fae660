package io.fewshot4j.report;

import io.fewshot4j.metrics.Interval;
import java.time.Duration;
import java.util.Locale;

/** Figures as people read them, the same on every machine: {@code 60,000}, {@code 97.43 ± 0.61 %}, {@code 2:05}. */
public final class Numbers {
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private Numbers() {}

    /** A whole number with commas. */
    public static String count(long value) {
        return format("%,d", value);
    }

    /** A fraction of 0 to 1 with one digit: {@code 97.4 %}. */
    public static String percent(double fraction) {
        return format("%.1f %%", 100 * fraction);
    }

    /** A mean of fractions and its 95 % interval: {@code 97.43 ± 0.61 %}. */
    public static String percent(Interval interval) {
        return percent(interval.mean(), interval.halfWidth());
    }

    /** A mean as a percentage, with half the width of its interval. */
    public static String percent(double mean, double halfWidth) {
        return format("%.2f ± %.2f %%", 100 * mean, 100 * halfWidth);
    }

    /** A loss, with three digits. */
    public static String loss(double value) {
        return format("%.3f", value);
    }

    /** A mean error and its 95 % interval: {@code 0.412 ± 0.031}. */
    public static String error(Interval interval) {
        return error(interval.mean(), interval.halfWidth());
    }

    /** A mean error, with half the width of its interval. */
    public static String error(double mean, double halfWidth) {
        return loss(mean) + " ± " + loss(halfWidth);
    }

    /** Rate per second: {@code 1,234}, {@code 43}, {@code 0.52}. */
    public static String rate(double perSecond) {
        String pattern = perSecond >= 10 ? "%,.0f" : perSecond >= 1 ? "%.1f" : "%.2f";
        return format(pattern, perSecond);
    }

    /** Bytes as {@code 12.3 MiB}. */
    public static String bytes(long bytes) {
        return format("%,.1f MiB", bytes / MEBIBYTE);
    }

    /** Hours, minutes and seconds: {@code 1:02:03}, {@code 0:07}. */
    public static String time(Duration duration) {
        long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
        return seconds < 3600
                ? format("%d:%02d", seconds / 60, seconds % 60)
                : format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
