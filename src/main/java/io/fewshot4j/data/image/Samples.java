package io.fewshot4j.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The stored samples of a decoded image as 8-bit grey or colour, transparency laid on white. Colour profiles are not
 * applied: Java would brighten a grey image by its own.
 */
final class Samples {
    private static final int OPAQUE = 255;

    private Samples() {}

    static PixelGrid read(BufferedImage image, int channels) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        byte[] pixels = new byte[image.getHeight() * width * channels];
        int[] row = new int[width * raster.getNumBands()];
        byte[] colours =
                image.getColorModel() instanceof IndexColorModel palette ? colours(palette, channels) : new byte[0];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            int at = y * width * channels;
            if (colours.length > 0) {
                putColours(colours, row, pixels, at, channels);
            } else {
                putRow(raster, row, pixels, at, channels);
            }
        }
        return new PixelGrid(image.getHeight(), width, channels, pixels);
    }

    /** The pixel of each palette entry. */
    private static byte[] colours(IndexColorModel palette, int channels) {
        int[] argb = new int[palette.getMapSize()];
        palette.getRGBs(argb);
        byte[] colours = new byte[argb.length * channels];
        for (int i = 0; i < argb.length; i++) {
            int alpha = argb[i] >>> 24;
            int red = onWhite(argb[i] >> 16 & 255, alpha);
            int green = onWhite(argb[i] >> 8 & 255, alpha);
            put(colours, i * channels, channels, red, green, onWhite(argb[i] & 255, alpha));
        }
        return colours;
    }

    private static void putColours(byte[] colours, int[] row, byte[] pixels, int offset, int channels) {
        int at = offset;
        for (int entry : row) {
            for (int c = 0; c < channels; c++) {
                pixels[at++] = colours[entry * channels + c];
            }
        }
    }

    /** One band is grey, three are colour; a second or fourth is opacity. */
    private static void putRow(Raster raster, int[] row, byte[] pixels, int offset, int channels) {
        int bands = raster.getNumBands();
        for (int b = 0; b < bands; b++) {
            toEightBits(row, b, bands, raster.getSampleModel().getSampleSize(b));
        }
        int green = bands >= 3 ? 1 : 0;
        int blue = 2 * green;
        for (int x = 0; x < row.length / bands; x++) {
            int at = x * bands;
            int alpha = bands % 2 == 0 ? row[at + bands - 1] : OPAQUE;
            put(
                    pixels,
                    offset + x * channels,
                    channels,
                    onWhite(row[at], alpha),
                    onWhite(row[at + green], alpha),
                    onWhite(row[at + blue], alpha));
        }
    }

    private static void toEightBits(int[] row, int band, int bands, int bits) {
        int top = (1 << bits) - 1;
        for (int i = band; bits != 8 && i < row.length; i += bands) {
            row[i] = (int) ((row[i] * 255L + top / 2) / top);
        }
    }

    private static int onWhite(int value, int alpha) {
        return alpha == OPAQUE ? value : (value * alpha + 255 * (OPAQUE - alpha) + 127) / 255;
    }

    static void put(byte[] pixels, int at, int channels, int red, int green, int blue) {
        if (channels == 1) {
            // ITU-R 601 luma in 16-bit fixed point, as Pillow's convert("L")
            pixels[at] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
        } else {
            pixels[at] = (byte) red;
            pixels[at + 1] = (byte) green;
            pixels[at + 2] = (byte) blue;
        }
    }
}
