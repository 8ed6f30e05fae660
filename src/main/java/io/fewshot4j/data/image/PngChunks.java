package io.fewshot4j.data.image;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A walk over a PNG's chunks. Java's reader looks neither at checksums nor for the end, and stumbles over damaged text,
 * times and profiles, so that it gets the chunks of the pixels alone.
 */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngChunks() {}

    /** Hears of a chunk's name, and its data between length and checksum. */
    @FunctionalInterface
    private interface Visitor {
        void visit(String name, ByteBuffer data, ByteBuffer whole) throws IOException;
    }

    static byte[] pixelsOf(byte[] file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, SIGNATURE);
        walk(file, (name, data, whole) -> {
            if (PIXELS.contains(name)) {
                requireChecksum(name, whole);
                out.write(whole.array(), whole.arrayOffset(), whole.remaining());
            } else if (Character.isUpperCase(name.charAt(0))) {
                throw new IOException("unknown critical chunk " + name);
            }
        });
        return out.toByteArray();
    }

    static int orientation(byte[] file) {
        int[] found = {1};
        try {
            walk(file, (name, data, whole) -> {
                if (name.equals("eXIf")) {
                    found[0] = TiffTags.orientation(data);
                }
            });
        } catch (IOException e) {
            return 1;
        }
        return found[0];
    }

    private static void requireChecksum(String name, ByteBuffer whole) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(whole.slice(4, whole.remaining() - 8));
        if ((int) crc.getValue() != whole.getInt(whole.remaining() - 4)) {
            throw new IOException("wrong checksum of its chunk " + name);
        }
    }

    private static void walk(byte[] file, Visitor visitor) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = SIGNATURE;
        for (String name = ""; !name.equals("IEND"); ) {
            if (file.length - at < 12) {
                throw new EOFException("no end chunk");
            }
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                throw new EOFException("chunk goes on after the end");
            }
            name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            visitor.visit(name, bytes.slice(at + 8, length), bytes.slice(at, length + 12));
            at += length + 12;
        }
    }
}
