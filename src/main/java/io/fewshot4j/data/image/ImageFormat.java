package io.fewshot4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** The kinds of image files, told by their first bytes, and whether one is whole. */
public enum ImageFormat {
    PNG("\u0089PNG\r\n\u001a\n") {
        @Override
        void check(byte[] file) throws IOException {
            checkChunks(ByteBuffer.wrap(file));
        }
    },
    JPEG("\u00ff\u00d8\u00ff") {
        @Override
        void check(byte[] file) throws IOException {
            JpegSegments.check(file);
        }
    },
    BMP("BM") {
        @Override
        void check(byte[] file) throws IOException {
            if (file.length < 6
                    || file.length
                            < ByteBuffer.wrap(file)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getInt(2)) {
                throw new EOFException("shorter than its header says");
            }
        }
    },
    GIF("GIF8") {
        @Override
        void check(byte[] file) throws IOException {
            int end = file.length;
            while (file[end - 1] == 0) {
                end--;
            }
            if (file[end - 1] != ';') {
                throw new EOFException("no trailer");
            }
        }
    };

    private final String magic;

    ImageFormat(String magic) {
        this.magic = magic;
    }

    /** What the first bytes say. */
    static Optional<ImageFormat> of(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, 8), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values()).filter(f -> start.startsWith(f.magic)).findFirst();
    }

    /** Whether a file's name ends as those of images do. */
    public static boolean named(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".png")
                || name.endsWith(".jpg")
                || name.endsWith(".jpeg")
                || name.endsWith(".bmp")
                || name.endsWith(".gif");
    }

    /** Throws {@link EOFException} for a file that is cut short, another {@link IOException} for a damaged one. */
    abstract void check(byte[] file) throws IOException;

    /** Java's reader looks neither at a PNG's checksums nor for its end. */
    private static void checkChunks(ByteBuffer file) throws IOException {
        int at = 8;
        boolean ended = false;
        while (!ended) {
            if (file.limit() - at < 12) {
                throw new EOFException("no end chunk");
            }
            int length = file.getInt(at);
            if (length < 0 || length > file.limit() - at - 12) {
                throw new EOFException("chunk goes on after the end");
            }
            CRC32 crc = new CRC32();
            crc.update(file.slice(at + 4, length + 4));
            if ((int) crc.getValue() != file.getInt(at + 8 + length)) {
                throw new IOException("wrong checksum at byte " + at);
            }
            ended = file.getInt(at + 4) == 0x49454e44; // IEND
            at += length + 12;
        }
    }
}
