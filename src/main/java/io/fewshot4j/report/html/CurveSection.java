package io.fewshot4j.report.html;

import io.fewshot4j.report.History;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.training.TrainingEvent.Validated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The learning curve: loss and accuracy in training, accuracy in validation with its interval. */
final class CurveSection {
    /** Smoothing reaches this part of the curve to either side. */
    private static final int NEIGHBOURS = 30;

    private CurveSection() {}

    static String of(History history) {
        List<History.Point> points = history.thinned(RunReport.CURVE_POINTS);
        if (points.isEmpty()) {
            return "";
        }
        return Html.section(
                "Learning curve",
                summary(history, points)
                        + loss(points)
                        + accuracy(history, points)
                        + validations(history)
                        + updates(points));
    }

    private static String summary(History history, List<History.Point> points) {
        String ended = history.stopped()
                .map(s -> switch (s.reason()) {
                    case FINISHED -> "Training finished";
                    case NO_IMPROVEMENT -> "Training stopped because validation accuracy no longer improved,";
                    case INTERRUPTED -> "Training was interrupted";
                })
                .orElse("Training stood");
        long last = points.get(points.size() - 1).iteration();
        String best = history.best()
                .map(b -> " Best validation: " + Numbers.percent(b.accuracy()) + " at iteration "
                        + Numbers.count(b.iteration()) + ".")
                .orElse("");
        int mean = points.get(0).updates();
        return Html.tag(
                "p",
                ended + " at iteration " + Numbers.count(last) + "." + best
                        + (mean > 1 ? " Each training point is the mean of " + mean + " updates." : ""));
    }

    static String loss(List<History.Point> points) {
        return Figure.of(new Chart(
                "Training loss by iteration.", "iteration", "training loss", 0, training(points, History.Point::loss)));
    }

    /** Accuracy in training, at these points of the curve, and in validation. */
    static String accuracy(History history, List<History.Point> points) {
        List<Chart.Line> lines = training(points, p -> 100 * p.accuracy());
        if (!history.validations().isEmpty()) {
            List<Chart.Point> validation = history.validations().stream()
                    .map(v -> new Chart.Point(
                            v.iteration(),
                            100 * v.accuracy().mean(),
                            100 * v.accuracy().halfWidth()))
                    .toList();
            lines.add(new Chart.Line("validation", Chart.Look.SECOND, validation));
        }
        String description = "Training and validation accuracy by iteration.";
        return Figure.of(new Chart(description, "iteration", "accuracy, %", 100, lines));
    }

    private static List<Chart.Line> training(List<History.Point> points, ToDoubleFunction<History.Point> value) {
        List<Chart.Point> raw = points.stream()
                .map(p -> new Chart.Point(p.iteration(), value.applyAsDouble(p), 0))
                .toList();
        return new ArrayList<>(List.of(
                new Chart.Line("training", Chart.Look.FAINT, raw),
                new Chart.Line("smoothed", Chart.Look.FIRST, smoothed(raw))));
    }

    /** The mean over the neighbours on both sides, as many on each: it lags nowhere. */
    static List<Chart.Point> smoothed(List<Chart.Point> raw) {
        int last = raw.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> {
                    int reach = Math.min(Math.max(1, raw.size() / NEIGHBOURS), Math.min(i, last - i));
                    double mean = raw.subList(i - reach, i + reach + 1).stream()
                            .mapToDouble(Chart.Point::y)
                            .average()
                            .orElseThrow();
                    return new Chart.Point(raw.get(i).x(), mean, 0);
                })
                .toList();
    }

    private static String validations(History history) {
        if (history.validations().isEmpty()) {
            return "";
        }
        List<List<String>> rows =
                history.validations().stream().map(CurveSection::row).toList();
        List<String> header = List.of("iteration", "accuracy, %", "episodes", "loss", "best so far");
        return Html.details("Validation in figures", Html.table("Validation", header, rows));
    }

    private static List<String> row(Validated v) {
        return List.of(
                Numbers.count(v.iteration()),
                Numbers.percent(v.accuracy()).replace(" %", ""),
                Numbers.count(v.accuracy().count()),
                digits(v.loss()),
                v.best() ? "yes" : "");
    }

    private static String updates(List<History.Point> points) {
        List<List<String>> rows = points.stream()
                .map(p -> List.of(
                        Numbers.count(p.iteration()),
                        Numbers.count(p.updates()),
                        digits(p.loss()),
                        digits(100 * p.accuracy())))
                .toList();
        List<String> header = List.of("iteration", "updates", "loss", "accuracy, %");
        return Html.details("Training in figures", Html.table("Training", header, rows));
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
