package io.fewshot4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * A walk over a JPEG's segments: whether its end is there, how the camera was held, and which colours the samples are.
 */
final class JpegSegments {
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int ADOBE_LENGTH = 12;
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private JpegSegments() {}

    /** Hears of a segment; false ends the walk. */
    @FunctionalInterface
    private interface Visitor {
        boolean visit(int marker, ByteBuffer body);
    }

    static void check(byte[] file) throws IOException {
        walk(file, (marker, body) -> true);
    }

    /** 1 to 8, 1 (upright) where the file does not say. */
    static int orientation(byte[] file) throws IOException {
        int[] found = {1};
        walk(file, (marker, body) -> {
            if (marker == APP1 && starts(body, EXIF, EXIF.length + 8)) {
                found[0] = TiffTags.orientation(body);
            }
            return marker != SCAN;
        });
        return found[0];
    }

    /** Colours of the samples of a JPEG of three or four components. */
    static JpegColours colours(byte[] file) throws IOException {
        Header header = new Header();
        walk(file, (marker, body) -> {
            header.hear(marker, body);
            return marker != SCAN;
        });
        return header.colours();
    }

    /** Facts on the colours from the segments before the first scan. */
    private static final class Header {
        private boolean jfif;
        private OptionalInt adobe = OptionalInt.empty();
        private String components = "";

        void hear(int marker, ByteBuffer body) {
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame && body.remaining() >= 6 && body.remaining() >= 6 + 3 * body.get(5)) {
                StringBuilder names = new StringBuilder();
                for (int i = 0; i < body.get(5); i++) {
                    names.append((char) (body.get(6 + 3 * i) & 0xff));
                }
                components = names.toString();
            }
            jfif |= marker == APP0 && starts(body, JFIF, JFIF.length);
            if (marker == APP14 && starts(body, ADOBE, ADOBE_LENGTH)) {
                adobe = OptionalInt.of(body.get(ADOBE_LENGTH - 1));
            }
        }

        /** Chooses by the rules of libjpeg, which Pillow reads with. */
        JpegColours colours() {
            if (components.length() == 4) {
                boolean luma = adobe.isPresent() && adobe.getAsInt() != 0;
                return luma ? JpegColours.YCCK : JpegColours.CMYK;
            }
            if (components.length() != 3) {
                return JpegColours.GREY;
            }
            boolean stored = adobe.isPresent() ? adobe.getAsInt() == 0 : components.equals("RGB");
            return !jfif && stored ? JpegColours.RGB : JpegColours.YCC;
        }
    }

    private static void walk(byte[] file, Visitor visitor) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(file).position(2);
        try {
            int marker = nextMarker(rest);
            while (marker != END) {
                int length = Math.max(0, (rest.getShort() & 0xffff) - 2);
                ByteBuffer body = rest.slice(rest.position(), Math.min(length, rest.remaining()));
                if (!visitor.visit(marker, body)) {
                    return;
                }
                rest.position(rest.position() + Math.min(length, rest.remaining()));
                marker = nextMarker(rest);
            }
        } catch (BufferUnderflowException e) {
            throw (EOFException) new EOFException("no end marker").initCause(e);
        }
    }

    /** Goes over compressed data, stuffed bytes and restart markers. */
    private static int nextMarker(ByteBuffer rest) {
        int previous = 0;
        while (true) {
            int value = rest.get() & 255;
            boolean marker = previous == 0xff && value != 0 && value != 0xff && (value < 0xd0 || value > 0xd7);
            if (marker) {
                return value;
            }
            previous = value;
        }
    }

    private static boolean starts(ByteBuffer body, byte[] with, int least) {
        return body.remaining() >= least && body.slice(0, with.length).equals(ByteBuffer.wrap(with));
    }
}
