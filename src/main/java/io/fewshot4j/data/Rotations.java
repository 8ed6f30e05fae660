package io.fewshot4j.data;

/** Quarter turns of square images. */
public final class Rotations {
    private Rotations() {}

    /**
     * Turns an image counter-clockwise from one array into another, which must not overlap.
     *
     * @param quarterTurns 0 to 3
     * @throws IllegalArgumentException if the image is not square or the turns are out of range
     */
    public static void turn(ImageShape shape, int quarterTurns, byte[] source, byte[] target, int offset) {
        requireSquare(shape);
        if (quarterTurns < 0 || quarterTurns > 3) {
            throw new IllegalArgumentException("quarter turns must be 0 to 3, got " + quarterTurns);
        }
        int n = shape.width();
        int channels = shape.channels();
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                int from = switch (quarterTurns) {
                    case 1 -> x * n + n - 1 - y;
                    case 2 -> (n - 1 - y) * n + n - 1 - x;
                    case 3 -> (n - 1 - x) * n + y;
                    default -> y * n + x;
                };
                System.arraycopy(source, from * channels, target, offset + (y * n + x) * channels, channels);
            }
        }
    }

    static void requireSquare(ImageShape shape) {
        if (shape.height() != shape.width()) {
            throw new IllegalArgumentException(
                    "only a square image can be turned, got " + shape.height() + "x" + shape.width());
        }
    }
}
