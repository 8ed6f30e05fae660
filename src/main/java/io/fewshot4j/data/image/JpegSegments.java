package io.fewshot4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A walk over a JPEG's segments: whether its end is there, and how the camera was held. */
final class JpegSegments {
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int ADOBE_LENGTH = 12;
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ORIENTATION = 0x0112;

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
            if (marker == APP1 && startsWithExif(body)) {
                found[0] = orientation(body.slice(EXIF.length, body.remaining() - EXIF.length));
            }
            return marker != SCAN;
        });
        return found[0];
    }

    /** How many colours the frame has; 0 where there is no frame. */
    static int components(byte[] file) throws IOException {
        int[] found = {0};
        walk(file, (marker, body) -> {
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame && body.remaining() >= 6) {
                found[0] = body.get(5);
            }
            return !frame;
        });
        return found[0];
    }

    /** What Adobe's segment says of the colours: 2 for YCCK; 0 where there is none. */
    static int adobeTransform(byte[] file) throws IOException {
        int[] found = {0};
        walk(file, (marker, body) -> {
            boolean adobe = marker == APP14
                    && body.remaining() >= ADOBE_LENGTH
                    && body.slice(0, ADOBE.length).equals(ByteBuffer.wrap(ADOBE));
            if (adobe) {
                found[0] = body.get(ADOBE_LENGTH - 1);
            }
            return !adobe && marker != SCAN;
        });
        return found[0];
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

    private static boolean startsWithExif(ByteBuffer body) {
        return body.remaining() >= EXIF.length + 8 && body.slice(0, EXIF.length).equals(ByteBuffer.wrap(EXIF));
    }

    /** From the first directory of a TIFF block; damaged metadata is not worth refusing an image. */
    private static int orientation(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        try {
            int directory = tiff.getInt(4);
            int entries = tiff.getShort(directory) & 0xffff;
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + 12 * i;
                if ((tiff.getShort(entry) & 0xffff) == ORIENTATION) {
                    return tiff.getShort(entry + 8);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            return 1;
        }
        return 1;
    }
}
