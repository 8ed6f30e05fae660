package io.fewshot4j.data.image;

import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** The pixel of each entry of a palette: grey or colour, transparency laid on white. */
final class Palette {
    private final byte[] colours;
    private final int channels;
    private final int background;

    private Palette(byte[] colours, int channels, int background) {
        this.colours = colours;
        this.channels = channels;
        this.background = background;
    }

    static Palette of(IndexColorModel model, int channels) {
        int[] argb = new int[model.getMapSize()];
        model.getRGBs(argb);
        byte[] colours = new byte[argb.length * channels];
        int[] pixel = new int[3];
        for (int i = 0; i < argb.length; i++) {
            for (int c = 0; c < 3; c++) {
                pixel[c] = argb[i] >> (16 - 8 * c) & 255;
            }
            Samples.onWhite(pixel, argb[i] >>> 24, false);
            Samples.put(colours, i * channels, channels, pixel);
        }
        return new Palette(colours, channels, Math.max(0, model.getTransparentPixel()));
    }

    /** The pixels of a raster of entries. */
    PixelGrid read(Raster entries) {
        return readInto(entries, entries.getHeight(), entries.getWidth(), 0, 0);
    }

    /** A GIF's first frame on its screen; around it is transparency, or else the first colour, as in Pillow. */
    PixelGrid readOnScreen(Raster frame, GifBlocks.Screen screen) {
        return readInto(frame, screen.height(), screen.width(), screen.frameTop(), screen.frameLeft());
    }

    private PixelGrid readInto(Raster entries, int height, int width, int top, int left) {
        byte[] pixels = new byte[Math.multiplyExact(height * width, channels)];
        int[] row = new int[entries.getWidth()];
        for (int y = 0; y < height; y++) {
            boolean inside = y >= top && y < top + entries.getHeight();
            if (inside) {
                entries.getPixels(0, y - top, row.length, 1, row);
            }
            for (int x = 0; x < width; x++) {
                int entry = inside && x >= left && x < left + row.length ? row[x - left] : background;
                System.arraycopy(colours, entry * channels, pixels, (y * width + x) * channels, channels);
            }
        }
        return new PixelGrid(height, width, channels, pixels);
    }
}
