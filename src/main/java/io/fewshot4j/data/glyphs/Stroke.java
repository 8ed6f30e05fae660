package io.fewshot4j.data.glyphs;

import io.fewshot4j.data.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One movement of the pen: a smooth curve through some points. */
record Stroke(List<Point> points) {
    private static final int PIECES_PER_SPAN = 6;

    Stroke {
        points = List.copyOf(points);
    }

    /** A line, bowed a little, an arc, or a swing with two bends. */
    static Stroke invent(Draws draws) {
        return switch (draws.whole(0, 2)) {
            case 0 -> line(draws);
            case 1 -> arc(draws);
            default -> swing(draws);
        };
    }

    private static Stroke line(Draws draws) {
        double angle = draws.between(0, 2 * Math.PI);
        double half = draws.between(0.25, 0.5);
        Point middle = place(draws, 0.25, 0.75);
        Point bow = new Point(middle.x() + 0.06 * draws.bell(), middle.y() + 0.06 * draws.bell());
        return new Stroke(List.of(middle.onEllipse(half, half, angle), bow, middle.onEllipse(-half, -half, angle)));
    }

    private static Stroke arc(Draws draws) {
        Point centre = place(draws, 0.3, 0.7);
        double width = draws.between(0.15, 0.4);
        double height = draws.between(0.15, 0.4);
        double start = draws.between(0, 2 * Math.PI);
        double sweep = draws.between(0.6, 1.9) * Math.PI * (draws.whole(0, 1) == 0 ? 1 : -1);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 5; i++) {
            points.add(centre.onEllipse(width, height, start + sweep * i / 5));
        }
        return new Stroke(points);
    }

    private static Stroke swing(Draws draws) {
        return new Stroke(
                List.of(place(draws, 0, 0.4), place(draws, 0.2, 1), place(draws, 0, 0.8), place(draws, 0.6, 1)));
    }

    private static Point place(Draws draws, double from, double to) {
        return new Point(draws.between(from, to), draws.between(from, to));
    }

    /** The stroke with every point moved. */
    Stroke map(UnaryOperator<Point> move) {
        return new Stroke(points.stream().map(move).toList());
    }

    /** The Catmull-Rom curve through the points as a chain of short straight pieces. */
    List<Point> outline() {
        List<Point> chain = new ArrayList<>();
        chain.add(points.get(0));
        for (int span = 0; span + 1 < points.size(); span++) {
            for (int piece = 1; piece <= PIECES_PER_SPAN; piece++) {
                chain.add(on(span, (double) piece / PIECES_PER_SPAN));
            }
        }
        return chain;
    }

    /** The length of the outline. */
    double length() {
        List<Point> chain = outline();
        double length = 0;
        for (int i = 0; i + 1 < chain.size(); i++) {
            double x = chain.get(i + 1).x() - chain.get(i).x();
            double y = chain.get(i + 1).y() - chain.get(i).y();
            length += Math.sqrt(x * x + y * y);
        }
        return length;
    }

    private Point on(int span, double t) {
        Point a = points.get(Math.max(0, span - 1));
        Point b = points.get(span);
        Point c = points.get(span + 1);
        Point d = points.get(Math.min(points.size() - 1, span + 2));
        return new Point(spline(a.x(), b.x(), c.x(), d.x(), t), spline(a.y(), b.y(), c.y(), d.y(), t));
    }

    private static double spline(double a, double b, double c, double d, double t) {
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
}
