package io.fewshot4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of image files, told by their first bytes: whether one is whole, which part of it is pixels, and how it is
 * turned.
 */
public enum ImageFormat {
    PNG("\u0089PNG\r\n\u001a\n") {
        @Override
        byte[] pixelsOf(byte[] file) throws IOException {
            return PngChunks.pixelsOf(file);
        }

        @Override
        int orientation(byte[] file) {
            return PngChunks.orientation(file);
        }
    },
    JPEG("\u00ff\u00d8\u00ff") {
        @Override
        byte[] pixelsOf(byte[] file) throws IOException {
            JpegSegments.check(file);
            return file;
        }

        @Override
        int orientation(byte[] file) throws IOException {
            return JpegSegments.orientation(file);
        }
    },
    BMP("BM") {
        @Override
        byte[] pixelsOf(byte[] file) throws IOException {
            if (file.length < 6
                    || file.length
                            < ByteBuffer.wrap(file)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getInt(2)) {
                throw new EOFException("shorter than its header says");
            }
            return file;
        }
    },
    GIF("GIF8") {
        @Override
        byte[] pixelsOf(byte[] file) throws IOException {
            return GifBlocks.whole(file);
        }
    },
    WEBP("RIFF....WEBP") {
        @Override
        byte[] pixelsOf(byte[] file) throws IOException {
            return WebpChunks.pixelsOf(file);
        }

        @Override
        int orientation(byte[] file) {
            return WebpChunks.orientation(file);
        }
    },
    TIFF("II*\0|MM\0*") {
        @Override
        byte[] pixelsOf(byte[] file) throws IOException {
            TiffTags.requireWhole(file);
            return file;
        }

        @Override
        int orientation(byte[] file) {
            return TiffTags.orientation(ByteBuffer.wrap(file));
        }
    };

    /** The kinds, as messages name them. */
    public static final String NAMES = "PNG, JPEG, BMP, GIF, WebP or TIFF";

    private static final int LONGEST_MAGIC = 12;
    private static final List<String> ENDINGS =
            List.of(".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff");

    private final String magic;

    /** A format by the first bytes that a file may have, divided by bars; a dot stands for any byte. */
    ImageFormat(String magic) {
        this.magic = magic;
    }

    /** The kind that the first bytes say. */
    public static Optional<ImageFormat> of(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, LONGEST_MAGIC), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> Arrays.stream(format.magic.split("\\|", -1)).anyMatch(bytes -> begins(start, bytes)))
                .findFirst();
    }

    private static boolean begins(String start, String magic) {
        for (int i = 0; i < magic.length(); i++) {
            if (i >= start.length() || (magic.charAt(i) != '.' && magic.charAt(i) != start.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a file's name ends as those of images do. */
    public static boolean named(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * Gives the file without what does not belong to its pixels, where damage would do harm there.
     *
     * @throws EOFException if it is cut short
     * @throws IOException if it is damaged
     */
    abstract byte[] pixelsOf(byte[] file) throws IOException;

    /** EXIF's orientation, 1 to 8; 1 (upright) where the file does not say. */
    int orientation(byte[] file) throws IOException {
        return 1;
    }
}
