package io.fewshot4j.report.table;

import io.fewshot4j.FewShotException;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.Csv;
import io.fewshot4j.report.History;
import io.fewshot4j.training.TrainingEvent.Updated;
import io.fewshot4j.training.TrainingEvent.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A history as a table with one row per event: an update leaves the validation's cells empty, a validation the
 * update's.
 */
public final class HistoryCsv {
    private static final String[] HEADER = {
        "iteration",
        "loss",
        "accuracy",
        "learning_rate",
        "seconds",
        "validation_accuracy",
        "validation_half_width",
        "validation_episodes",
        "validation_loss",
        "best"
    };

    private HistoryCsv() {}

    /** All updates and validations, by iteration. */
    public static String write(History history) {
        Csv csv = new Csv(HEADER);
        Stream.concat(
                        history.updates().stream().map(HistoryCsv::row),
                        history.validations().stream().map(HistoryCsv::row))
                .sorted(Comparator.comparingLong(row -> (Long) row.get(0)))
                .forEach(row -> csv.row(row.toArray()));
        return csv.toString();
    }

    /** Reads a file as far as iteration {@code last}: the start of a resumed run's history. */
    public static History read(Path file, long last) {
        History history = new History();
        try {
            for (List<String> row :
                    Csv.parse(Files.readString(file)).stream().skip(1).toList()) {
                if (Long.parseLong(row.get(0)) <= last) {
                    history.on(row.get(1).isEmpty() ? validated(row) : updated(row));
                }
            }
        } catch (IOException e) {
            throw new FewShotException("cannot read the training history " + file + ": " + e.getMessage(), e);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new FewShotException(
                    "the training history " + file + " is damaged (" + e.getMessage()
                            + "); delete it to go on without its curve",
                    e);
        }
        return history;
    }

    private static List<Object> row(Updated e) {
        return List.of(e.iteration(), e.loss(), e.accuracy(), e.learningRate(), e.seconds(), "", "", "", "", "");
    }

    private static List<Object> row(Validated e) {
        Interval a = e.accuracy();
        return List.of(
                e.iteration(), "", "", "", "", a.mean(), a.halfWidth(), a.count(), e.loss(), e.best() ? "yes" : "no");
    }

    private static Updated updated(List<String> row) {
        return new Updated(Long.parseLong(row.get(0)), number(row, 1), number(row, 2), number(row, 3), number(row, 4));
    }

    private static Validated validated(List<String> row) {
        Interval accuracy = new Interval(number(row, 5), number(row, 6), Integer.parseInt(row.get(7)));
        return new Validated(
                Long.parseLong(row.get(0)), accuracy, number(row, 8), row.get(9).equals("yes"));
    }

    private static double number(List<String> row, int column) {
        return Double.parseDouble(row.get(column));
    }
}
