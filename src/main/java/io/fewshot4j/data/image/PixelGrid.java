package io.fewshot4j.data.image;

/** 8-bit pixels in rows, channel last, while an image is being decoded. */
public final class PixelGrid {
    private final int height;
    private final int width;
    private final int channels;
    private final byte[] values;

    public PixelGrid(int height, int width, int channels, byte[] values) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.values = values;
    }

    /** Place in this image of a pixel of a turned one. */
    @FunctionalInterface
    private interface Source {
        int at(int y, int x);
    }

    private PixelGrid sample(int newHeight, int newWidth, Source source) {
        byte[] out = new byte[newHeight * newWidth * channels];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                System.arraycopy(values, source.at(y, x) * channels, out, (y * newWidth + x) * channels, channels);
            }
        }
        return new PixelGrid(newHeight, newWidth, channels, out);
    }

    /** Turned upright from an EXIF orientation, 1 to 8. */
    PixelGrid upright(int orientation) {
        int bottom = height - 1;
        int right = width - 1;
        return switch (orientation) {
            case 2 -> sample(height, width, (y, x) -> y * width + right - x);
            case 3 -> sample(height, width, (y, x) -> (bottom - y) * width + right - x);
            case 4 -> sample(height, width, (y, x) -> (bottom - y) * width + x);
            case 5 -> sample(width, height, (y, x) -> x * width + y);
            case 6 -> sample(width, height, (y, x) -> (bottom - x) * width + y);
            case 7 -> sample(width, height, (y, x) -> (bottom - x) * width + right - y);
            case 8 -> sample(width, height, (y, x) -> x * width + right - y);
            default -> this;
        };
    }

    /** The largest centred box with the aspect {@code newHeight} to {@code newWidth}. */
    PixelGrid cropTo(int newHeight, int newWidth) {
        int boxWidth = (int) Math.max(1, Math.min(width, Math.round((double) height * newWidth / newHeight)));
        int boxHeight = (int) Math.max(1, Math.min(height, Math.round((double) width * newHeight / newWidth)));
        int top = (height - boxHeight) / 2;
        int left = (width - boxWidth) / 2;
        return sample(boxHeight, boxWidth, (y, x) -> (top + y) * width + left + x);
    }

    /** Nearest pixel centres. */
    PixelGrid nearest(int newHeight, int newWidth) {
        int[] rows = centres(height, newHeight);
        int[] columns = centres(width, newWidth);
        return sample(newHeight, newWidth, (y, x) -> rows[y] * width + columns[x]);
    }

    /** floor((i + 0.5) * from / to), added up step by step as Pillow does, so that ties fall on the same side. */
    private static int[] centres(int from, int to) {
        double scale = (double) from / to;
        int[] centres = new int[to];
        double at = scale * 0.5;
        for (int i = 0; i < to; i++) {
            centres[i] = Math.min((int) at, from - 1);
            at += scale;
        }
        return centres;
    }

    PixelGrid smooth(int newHeight, int newWidth) {
        PixelGrid wide = newWidth == width
                ? this
                : new PixelGrid(height, newWidth, channels, Lanczos.rows(values, height, width, newWidth, channels));
        return newHeight == height
                ? wide
                : new PixelGrid(
                        newHeight,
                        newWidth,
                        channels,
                        Lanczos.rows(wide.values, 1, height, newHeight, newWidth * channels));
    }

    /** Black below half, white from it. */
    PixelGrid binary() {
        byte[] out = new byte[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (values[i] < 0 ? 255 : 0);
        }
        return new PixelGrid(height, width, channels, out);
    }

    PixelGrid inverted() {
        byte[] out = new byte[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) ~values[i];
        }
        return new PixelGrid(height, width, channels, out);
    }

    byte[] toBytes() {
        return values.clone();
    }
}
