package io.fewshot4j.report.html;

import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.table.TrialRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trials as lines through one axis for each searched setting, to their validation accuracy; the better a trial, the
 * stronger its line (Inselberg 1985).
 *
 * @param rows that were validated, the best first
 */
record ParallelCoordinates(List<ParallelAxis> axes, List<TrialRow> rows) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 340;
    private static final int SIDE = 60;
    private static final int TOP = 40;
    private static final int BOTTOM = 20;

    /** The figure, or nothing where no trial was validated. */
    String markup() {
        if (rows.isEmpty()) {
            return "";
        }
        List<ParallelAxis> all =
                Stream.concat(axes.stream(), Stream.of(accuracy())).toList();
        List<TrialRow> worstFirst = new ArrayList<>(rows);
        Collections.reverse(worstFirst);
        String lines = worstFirst.stream().map(row -> line(row, all)).collect(Collectors.joining());
        String scales = IntStream.range(0, all.size())
                .mapToObj(i -> axis(all.get(i), x(i, all.size())))
                .collect(Collectors.joining());
        return Html.markup(
                "figure",
                Html.markup(
                        "svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\"Settings and"
                                + " validation accuracy of each trial; the table has the figures.\"",
                        lines + scales));
    }

    private ParallelAxis accuracy() {
        double low =
                rows.stream().mapToDouble(ParallelCoordinates::accuracy).min().orElse(0);
        double high =
                rows.stream().mapToDouble(ParallelCoordinates::accuracy).max().orElse(1);
        Map<String, Double> ends = new LinkedHashMap<>();
        ends.put(Numbers.percent(low), 0.0);
        ends.put(Numbers.percent(high), 1.0);
        return new ParallelAxis("validation", ends, row -> high > low ? (accuracy(row) - low) / (high - low) : 1);
    }

    private static double accuracy(TrialRow row) {
        return row.last().orElseThrow().accuracy();
    }

    private String line(TrialRow row, List<ParallelAxis> all) {
        String points = IntStream.range(0, all.size())
                .mapToObj(i -> number(x(i, all.size())) + ","
                        + number(y(all.get(i).place().applyAsDouble(row))))
                .collect(Collectors.joining(" "));
        boolean best = rows.indexOf(row) == 0;
        double strength = 0.15 + 0.75 * (rows.size() - rows.indexOf(row)) / rows.size();
        return Html.markup(
                "polyline points=\"" + points + "\" stroke=\"var(--" + (best ? "second" : "first")
                        + ")\" stroke-width=\"" + (best ? 3 : 1.5) + "\" stroke-opacity=\""
                        + number(best ? 1 : strength) + "\"",
                Html.tag("title", "trial " + row.trial() + ", " + Numbers.percent(accuracy(row))));
    }

    private static String axis(ParallelAxis axis, double x) {
        String stroke = "line x1=\"" + number(x) + "\" x2=\"" + number(x) + "\" y1=\"" + number(y(1)) + "\" y2=\""
                + number(y(0)) + "\" stroke=\"var(--muted)\"";
        return Html.markup(stroke, "")
                + text(axis.title(), x, TOP - 20)
                + axis.labels().entrySet().stream()
                        .map(label -> text(label.getKey(), x, y(label.getValue()) - 4))
                        .collect(Collectors.joining());
    }

    private static String text(String text, double x, double y) {
        return Html.tag(
                "text x=\"" + number(x) + "\" y=\"" + number(y)
                        + "\" text-anchor=\"middle\" font-size=\"11\" fill=\"var(--text)\" stroke=\"var(--card)\""
                        + " stroke-width=\"3\" paint-order=\"stroke\"",
                text);
    }

    private static double x(int axis, int count) {
        return SIDE + (double) (WIDTH - 2 * SIDE) * axis / (count - 1);
    }

    private static double y(double place) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * place;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
