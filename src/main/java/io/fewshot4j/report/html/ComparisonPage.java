package io.fewshot4j.report.html;

import io.fewshot4j.report.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A comparison of runs as a page. */
final class ComparisonPage {
    private static final int CURVE_POINTS = 200;

    /** Most points of a line whose intervals are drawn; more would hide the lines. */
    private static final int MOST_INTERVALS = 60;

    private ComparisonPage() {}

    static String of(Comparison comparison) {
        String title = comparison.runs().size() + " runs compared";
        return HtmlPage.document(
                title,
                Html.markup("header", Html.tag("h1", title))
                        + Html.section("Validation", summary(comparison) + warning(comparison) + validation(comparison))
                        + Html.section("Training, smoothed", training(comparison))
                        + Html.section("Settings that differ", differences(comparison)));
    }

    private static String summary(Comparison comparison) {
        return Html.table("Accuracy with 95 % interval", Comparison.titles(), comparison.summary());
    }

    private static String warning(Comparison comparison) {
        return comparison
                .warning()
                .map(line -> Html.tag("p", "Note: " + line + "."))
                .orElse("");
    }

    private static String validation(Comparison comparison) {
        long points = comparison.runs().stream()
                .mapToLong(run -> run.history().validations().size())
                .sum();
        boolean intervals = points <= MOST_INTERVALS;
        return chart(
                        "validation accuracy, %",
                        100,
                        comparison,
                        run -> run.history().validations().stream()
                                .map(v -> new Chart.Point(
                                        v.iteration(),
                                        100 * v.accuracy().mean(),
                                        intervals ? 100 * v.accuracy().halfWidth() : 0))
                                .toList())
                + (intervals ? "" : Html.tag("p class=\"note\"", "Too many validations to draw their intervals."));
    }

    private static String training(Comparison comparison) {
        return chart("training accuracy, %", 100, comparison, run -> smoothed(run, p -> 100 * p.accuracy()))
                + chart("training loss", 0, comparison, run -> smoothed(run, History.Point::loss));
    }

    private static List<Chart.Point> smoothed(Comparison.Run run, ToDoubleFunction<History.Point> value) {
        return CurveSection.smoothed(run.history().thinned(CURVE_POINTS).stream()
                .map(p -> new Chart.Point(p.iteration(), value.applyAsDouble(p), 0))
                .toList());
    }

    private static String chart(
            String y, double top, Comparison comparison, Function<Comparison.Run, List<Chart.Point>> points) {
        List<Chart.Line> lines = new ArrayList<>();
        for (int i = 0; i < comparison.runs().size(); i++) {
            Comparison.Run run = comparison.runs().get(i);
            List<Chart.Point> line = points.apply(run);
            if (!line.isEmpty()) {
                lines.add(new Chart.Line(run.name(), Chart.Look.COLOURS.get(i), line));
            }
        }
        return lines.isEmpty()
                ? Html.tag("p", "There is none yet.")
                : Figure.of(new Chart("By iteration, a line for each run: " + y + ".", "iteration", y, top, lines));
    }

    private static String differences(Comparison comparison) {
        Map<String, List<String>> differences = comparison.differences();
        if (differences.isEmpty()) {
            return Html.tag("p", "There are none.");
        }
        List<String> header = Stream.concat(
                        Stream.of("setting"), comparison.runs().stream().map(Comparison.Run::name))
                .toList();
        List<List<String>> rows = differences.entrySet().stream()
                .map(entry -> Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
                        .toList())
                .toList();
        return Html.table("", header, rows);
    }
}
