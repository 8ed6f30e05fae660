package io.fewshot4j.data.image;

import java.awt.image.Raster;

/**
 * JPEGs of four inks, which Java reads but does not convert: as Adobe stores them, inverted, and as Pillow converts them,
 * without a colour profile.
 */
final class Cmyk {
    private static final int YCCK = 2;

    private Cmyk() {}

    /** From the stored samples; {@code transform} is that of Adobe's segment. */
    static PixelGrid read(Raster stored, int transform, int channels) {
        int width = stored.getWidth();
        byte[] pixels = new byte[stored.getHeight() * width * channels];
        int[] inks = new int[4];
        for (int i = 0; i < stored.getHeight() * width; i++) {
            stored.getPixel(i % width, i / width, inks);
            if (transform == YCCK) {
                toInverseCmy(inks);
            }
            Samples.put(pixels, i * channels, channels, light(inks, 0), light(inks, 1), light(inks, 2));
        }
        return new PixelGrid(stored.getHeight(), width, channels, pixels);
    }

    /** Luma and chroma (JFIF) are those of cyan, magenta and yellow as if they were red, green and blue. */
    private static void toInverseCmy(int[] inks) {
        double luma = inks[0];
        double blue = inks[1] - 128.0;
        double red = inks[2] - 128.0;
        inks[0] = 255 - rounded(luma + 1.402 * red);
        inks[1] = 255 - rounded(luma - 0.344136286 * blue - 0.714136286 * red);
        inks[2] = 255 - rounded(luma + 1.772 * blue);
    }

    private static int rounded(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** What a colour's ink and black let through, in Pillow's rounding. */
    private static int light(int[] inks, int colour) {
        int product = (255 - inks[colour]) * inks[3] + 128;
        return Math.max(0, inks[3] - (((product >> 8) + product) >> 8));
    }
}
