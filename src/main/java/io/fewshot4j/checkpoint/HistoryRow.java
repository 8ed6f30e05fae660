package io.fewshot4j.checkpoint;

import java.util.Optional;

/** One iteration of the learning curve: means over its meta-batch, and the validation after it if there was one. */
public record HistoryRow(
        long iteration, double loss, double accuracy, double learningRate, Optional<Validation> validation) {
    static final String HEADER =
            "iteration,loss,accuracy,learning-rate,validation-accuracy,validation-half-width,validation-loss";
    private static final int COLUMNS = 7;

    /** Means over the validation episodes, and half the width of the accuracy's 95 % interval. */
    public record Validation(double accuracy, double halfWidth, double loss) {}

    String toCsv() {
        String rest = validation
                .map(v -> v.accuracy() + "," + v.halfWidth() + "," + v.loss())
                .orElse(",,");
        return iteration + "," + loss + "," + accuracy + "," + learningRate + "," + rest;
    }

    /** @throws IllegalArgumentException on any line that {@link #toCsv} does not write */
    static HistoryRow parse(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("a row must have " + COLUMNS + " cells, got " + cells.length);
        }
        Optional<Validation> validation = cells[4].isEmpty()
                ? Optional.empty()
                : Optional.of(new Validation(number(cells[4]), number(cells[5]), number(cells[6])));
        return new HistoryRow(
                Long.parseLong(cells[0]), number(cells[1]), number(cells[2]), number(cells[3]), validation);
    }

    private static double number(String cell) {
        return Double.parseDouble(cell);
    }
}
