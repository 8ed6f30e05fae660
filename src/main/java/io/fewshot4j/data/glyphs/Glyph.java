package io.fewshot4j.data.glyphs;

import io.fewshot4j.data.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** A character: two to four strokes that fill the unit square. */
record Glyph(List<Stroke> strokes) {
    /** Least length of the strokes together; the square's side is 1. */
    private static final double SHORTEST = 2.2;

    private static final double LONGEST = 3.8;

    Glyph {
        strokes = List.copyOf(strokes);
    }

    /** A new character, neither too bare nor a scribble. */
    static Glyph invent(Draws draws) {
        while (true) {
            Glyph glyph = scrawl(draws).filled();
            double length = glyph.strokes.stream().mapToDouble(Stroke::length).sum();
            if (length >= SHORTEST && length <= LONGEST) {
                return glyph;
            }
        }
    }

    /** Most strokes after the first begin where an earlier one passes. */
    private static Glyph scrawl(Draws draws) {
        List<Stroke> strokes = new ArrayList<>();
        int count = draws.whole(2, 4);
        while (strokes.size() < count) {
            Stroke stroke = Stroke.invent(draws);
            boolean joined = !strokes.isEmpty() && draws.between(0, 1) < 0.7;
            strokes.add(joined ? joined(stroke, strokes.get(draws.whole(0, strokes.size() - 1)), draws) : stroke);
        }
        return new Glyph(strokes);
    }

    private static Stroke joined(Stroke stroke, Stroke to, Draws draws) {
        List<Point> chain = to.outline();
        Point joint = chain.get(draws.whole(0, chain.size() - 1));
        Point start = stroke.points().get(0);
        return stroke.map(p -> new Point(p.x() - start.x() + joint.x(), p.y() - start.y() + joint.y()));
    }

    Glyph map(UnaryOperator<Point> move) {
        return new Glyph(strokes.stream().map(stroke -> stroke.map(move)).toList());
    }

    /** Moved and stretched (at most twice as much one way as the other) until it fills the unit square. */
    private Glyph filled() {
        double left = least(Point::x);
        double top = least(Point::y);
        double width = -least(p -> -p.x()) - left;
        double height = -least(p -> -p.y()) - top;
        double scaleX = 1 / Math.max(width, height / 2);
        double scaleY = 1 / Math.max(height, width / 2);
        return map(
                p -> new Point(0.5 + (p.x() - left - width / 2) * scaleX, 0.5 + (p.y() - top - height / 2) * scaleY));
    }

    private double least(ToDoubleFunction<Point> coordinate) {
        return strokes.stream()
                .flatMap(stroke -> stroke.outline().stream())
                .mapToDouble(coordinate)
                .min()
                .orElseThrow();
    }

    /** One writer's drawing of it: unsteady points, then the whole turned, slanted, stretched and moved. */
    Glyph written(Draws draws, double jitter) {
        UnaryOperator<Point> hand = hand(draws, jitter);
        return map(p -> new Point(p.x() + 0.035 * jitter * draws.bell(), p.y() + 0.035 * jitter * draws.bell()))
                .map(hand);
    }

    private static UnaryOperator<Point> hand(Draws draws, double jitter) {
        double turn = 0.15 * jitter * draws.bell();
        double slant = 0.12 * jitter * draws.bell();
        double width = 1 + 0.12 * jitter * draws.bell();
        double height = 1 + 0.12 * jitter * draws.bell();
        Point centre = new Point(0.5 + 0.09 * jitter * draws.bell(), 0.5 + 0.09 * jitter * draws.bell());
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        return p -> {
            double x = (p.x() - 0.5 + slant * (p.y() - 0.5)) * width;
            double y = (p.y() - 0.5) * height;
            return new Point(centre.x() + cos * x - sin * y, centre.y() + sin * x + cos * y);
        };
    }
}
