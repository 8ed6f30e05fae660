package io.fewshot4j.data.glyphs;

/** A place on the page: x to the right, y down. */
record Point(double x, double y) {
    /** The point at angle {@code radians} of an ellipse around this one. */
    Point onEllipse(double radiusX, double radiusY, double radians) {
        return new Point(x + radiusX * StrictMath.cos(radians), y + radiusY * StrictMath.sin(radians));
    }
}
