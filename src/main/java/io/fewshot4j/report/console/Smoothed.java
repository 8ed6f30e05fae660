package io.fewshot4j.report.console;

/** An exponential moving average without the bias of its start: the first values count in full. */
final class Smoothed {
    private final double memory;
    private double sum;
    private double weight;

    /** Keeps {@code memory} (0 to 1) of the past at every value. */
    Smoothed(double memory) {
        this.memory = memory;
    }

    /** Takes in a value and gives the average. */
    double add(double value) {
        sum = memory * sum + value;
        weight = memory * weight + 1;
        return sum / weight;
    }
}
