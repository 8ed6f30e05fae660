package io.fewshot4j.data.glyphs;

import java.util.List;

/**
 * Draws lines with a round, soft-edged pen on a square page, 255 on 0. Only arithmetic that Java defines exactly, so
 * that the bytes are the same everywhere.
 */
final class Pen {
    private final int size;
    private final double radius;
    private final byte[] page;

    /** A fresh page of {@code size} x {@code size} pixels; the radius is in pixels. */
    Pen(int size, double radius) {
        this.size = size;
        this.radius = radius;
        this.page = new byte[size * size];
    }

    /** Follows a chain of points given in pixels. */
    void follow(List<Point> chain) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            line(chain.get(i), chain.get(i + 1));
        }
    }

    private void line(Point a, Point b) {
        double reach = radius + 1;
        int top = pixel(Math.min(a.y(), b.y()) - reach);
        int bottom = pixel(Math.max(a.y(), b.y()) + reach);
        int left = pixel(Math.min(a.x(), b.x()) - reach);
        int right = pixel(Math.max(a.x(), b.x()) + reach);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                ink(row, column, radius + 0.5 - distance(column + 0.5, row + 0.5, a, b));
            }
        }
    }

    private int pixel(double coordinate) {
        return (int) Math.max(0, Math.min(size - 1, coordinate));
    }

    private void ink(int row, int column, double coverage) {
        int at = row * size + column;
        int value = (int) (255 * Math.max(0, Math.min(1, coverage)) + 0.5);
        page[at] = (byte) Math.max(page[at] & 0xff, value);
    }

    /** Distance from a point to the nearest point of the line from a to b. */
    private static double distance(double x, double y, Point a, Point b) {
        double alongX = b.x() - a.x();
        double alongY = b.y() - a.y();
        double length = alongX * alongX + alongY * alongY;
        double part = length == 0 ? 0 : ((x - a.x()) * alongX + (y - a.y()) * alongY) / length;
        double nearest = Math.max(0, Math.min(1, part));
        double dx = x - a.x() - nearest * alongX;
        double dy = y - a.y() - nearest * alongY;
        return Math.sqrt(dx * dx + dy * dy);
    }

    /** The page itself, rows of pixels. */
    byte[] page() {
        return page;
    }
}
