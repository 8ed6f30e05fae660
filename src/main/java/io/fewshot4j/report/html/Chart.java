package io.fewshot4j.report.html;

import java.util.List;

/**
 * A line chart as plain values.
 *
 * @param description what a reader who cannot see it is told
 * @param top the upper end of the y axis, 0 for the highest value's
 */
record Chart(String description, String xTitle, String yTitle, double top, List<Line> lines) {
    Chart {
        lines = List.copyOf(lines);
    }

    /** Looks of a line. */
    enum Look {
        FIRST,
        SECOND,
        THIRD,
        FOURTH,
        FIFTH,
        SIXTH,
        FAINT,
        DASHED,
        FIRST_DASHED,
        SECOND_DASHED,
        /** Markers without a line. */
        POINTS;

        /** Looks that are told apart by colour alone. */
        static final List<Look> COLOURS = List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH);
    }

    /** A place on a line; {@code error} is half the interval's width, 0 for none. */
    record Point(double x, double y, double error) {}

    /** A named line, with a marker at each point if it has intervals. */
    record Line(String name, Look look, List<Point> points) {
        Line {
            points = List.copyOf(points);
        }

        boolean hasIntervals() {
            return points.stream().anyMatch(p -> p.error() > 0);
        }
    }
}
