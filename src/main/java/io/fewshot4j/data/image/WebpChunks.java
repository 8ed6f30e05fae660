package io.fewshot4j.data.image;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A walk over the chunks of a WebP file: whether it is whole, its pixels without profile and metadata, and its EXIF.
 */
final class WebpChunks {
    private static final int HEAD = 12;
    private static final int CHUNK_HEAD = 8;
    private static final Set<String> LEFT_OUT = Set.of("ICCP", "EXIF", "XMP ");
    private static final int HAS_THOSE = 0x20 | 0x08 | 0x04;

    private WebpChunks() {}

    /** Hears of a chunk's name, its data, and all of it. */
    @FunctionalInterface
    private interface Visitor {
        void visit(String name, ByteBuffer data, byte[] whole);
    }

    /** The reader would convert colours by a profile. */
    static byte[] pixelsOf(byte[] file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, HEAD);
        walk(file, (name, data, whole) -> {
            if (name.equals("VP8X") && data.remaining() > 0) {
                whole[CHUNK_HEAD] &= (byte) ~HAS_THOSE;
            }
            if (!LEFT_OUT.contains(name)) {
                out.writeBytes(whole);
            }
        });
        byte[] pixels = out.toByteArray();
        ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).putInt(4, pixels.length - CHUNK_HEAD);
        return pixels;
    }

    static int orientation(byte[] file) {
        int[] found = {1};
        try {
            walk(file, (name, data, whole) -> {
                if (name.equals("EXIF")) {
                    found[0] = TiffTags.orientation(data);
                }
            });
        } catch (IOException e) {
            return 1;
        }
        return found[0];
    }

    private static void walk(byte[] file, Visitor visitor) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = CHUNK_HEAD + (bytes.getInt(4) & 0xffffffffL);
        if (end > file.length) {
            throw new EOFException("shorter than its header says");
        }
        int at = HEAD;
        while (at + CHUNK_HEAD <= end) {
            long length = bytes.getInt(at + 4) & 0xffffffffL;
            if (at + CHUNK_HEAD + length > end) {
                throw new EOFException("chunk goes on after the end");
            }
            int whole = (int) Math.min(end - at, CHUNK_HEAD + length + length % 2);
            byte[] chunk = new byte[whole];
            bytes.get(at, chunk);
            String name = new String(chunk, 0, 4, StandardCharsets.ISO_8859_1);
            visitor.visit(name, ByteBuffer.wrap(chunk).slice(CHUNK_HEAD, (int) length), chunk);
            at += whole;
        }
    }
}
