package io.fewshot4j.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Stored samples as 8-bit grey or colour, transparency laid on white. Colour profiles are not applied, and neither is
 * what Java takes for one: it would brighten a grey image.
 */
final class Samples {
    private static final int OPAQUE = 255;

    private final Raster raster;
    private final int channels;
    private final ToRgb toRgb;

    /** Turns the samples of a pixel, of 8 bits each, into red, green and blue in place. */
    @FunctionalInterface
    private interface ToRgb {
        void convert(int[] pixel);
    }

    private Samples(Raster raster, int channels, ToRgb toRgb) {
        this.raster = raster;
        this.channels = channels;
        this.toRgb = toRgb;
    }

    /** Reads an image of any colour model. */
    static PixelGrid read(BufferedImage image, int channels) throws IOException {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return Palette.of(palette, channels).read(image.getRaster());
        }
        return new Samples(image.getRaster(), channels, toRgb(image.getRaster().getNumBands(), model)).read();
    }

    /** Reads the samples of a JPEG. */
    static PixelGrid read(Raster raster, JpegColours colours, int channels) throws IOException {
        ToRgb toRgb = colours == JpegColours.GREY ? Samples::spreadGrey : colours::toRgb;
        return new Samples(raster, channels, toRgb).read();
    }

    private static ToRgb toRgb(int bands, ColorModel model) throws IOException {
        boolean inks = model.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
        boolean premultiplied = model.hasAlpha() && model.isAlphaPremultiplied();
        return switch (bands) {
            case 1 -> Samples::spreadGrey;
            case 2 -> pixel -> greyOnWhite(pixel, premultiplied);
            case 3 -> pixel -> {};
            case 4 -> inks ? Samples::fromInks : pixel -> onWhite(pixel, pixel[3], premultiplied);
            default -> throw new IOException(bands + " samples a pixel");
        };
    }

    private PixelGrid read() throws IOException {
        int height = raster.getHeight();
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        byte[] pixels = new byte[Math.multiplyExact(height * width, channels)];
        int[] row = new int[width * bands];
        int[] pixel = new int[Math.max(3, bands)];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int b = 0; b < bands; b++) {
                toEightBits(row, b, bands, raster.getSampleModel().getSampleSize(b));
            }
            for (int x = 0; x < width; x++) {
                System.arraycopy(row, x * bands, pixel, 0, bands);
                toRgb.convert(pixel);
                put(pixels, (y * width + x) * channels, channels, pixel);
            }
        }
        return new PixelGrid(height, width, channels, pixels);
    }

    /** The upper 8 of 16 bits, as Pillow; fewer than 8 are spread over the range. */
    private static void toEightBits(int[] row, int band, int bands, int bits) throws IOException {
        if (bits > 16) {
            throw new IOException(bits + " bits a sample");
        }
        int top = (1 << bits) - 1;
        for (int i = band; bits != 8 && i < row.length; i += bands) {
            row[i] = bits > 8 ? row[i] >> (bits - 8) : row[i] * 255 / top;
        }
    }

    private static void spreadGrey(int[] pixel) {
        pixel[1] = pixel[0];
        pixel[2] = pixel[0];
    }

    private static void greyOnWhite(int[] pixel, boolean premultiplied) {
        int alpha = pixel[1];
        spreadGrey(pixel);
        onWhite(pixel, alpha, premultiplied);
    }

    private static void fromInks(int[] pixel) {
        for (int i = 0; i < 3; i++) {
            pixel[i] = JpegColours.light(255 - pixel[i], 255 - pixel[3]);
        }
    }

    static void onWhite(int[] pixel, int alpha, boolean premultiplied) {
        for (int i = 0; i < 3 && alpha != OPAQUE; i++) {
            int white = 255 * (OPAQUE - alpha);
            pixel[i] =
                    premultiplied ? Math.min(255, pixel[i] + OPAQUE - alpha) : (pixel[i] * alpha + white + 127) / 255;
        }
    }

    /** Writes red, green and blue, or their grey. */
    static void put(byte[] pixels, int at, int channels, int[] rgb) {
        if (channels == 1) {
            // ITU-R 601 luma in 16-bit fixed point, as Pillow's convert("L")
            pixels[at] = (byte) ((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
        } else {
            pixels[at] = (byte) rgb[0];
            pixels[at + 1] = (byte) rgb[1];
            pixels[at + 2] = (byte) rgb[2];
        }
    }
}
