package io.fewshot4j.data.store;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.image.ImageDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The packed form of a decoded data set: a head of {@value #HEAD} bytes, all pixels, then the index. The head is
 * written last, so a file that was cut off in writing has none.
 *
 * <p>Head, big-endian: magic (8 bytes), format version (int), CRC-32C of all after the head and then of the index's
 * place (int), where the index begins (long), key (40 bytes, the beginning of the source key's hex digits).
 */
public final class PackedFile {
    private static final byte[] MAGIC = "fs4jpack".getBytes(StandardCharsets.ISO_8859_1);
    private static final int VERSION = 1;
    private static final int KEY_LENGTH = 40;
    private static final int HEAD = 24 + KEY_LENGTH;
    private static final int LARGEST_MAP = 1 << 30;

    private PackedFile() {}

    /** A file that is damaged or not of this kind. */
    public static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Decodes into a new file and forces it to the disk. */
    public static void write(Path file, String key, ImageListing listing, ImageDecoder decoder, DecodeProgress progress)
            throws IOException {
        write(
                file,
                key,
                decoder.shape(),
                sink -> listing.decode(
                        decoder, progress, (image, pixels) -> sink.accept(image.className(), image.name(), pixels)));
    }

    /** Packs images that are decoded, in the order of their data set, and forces the file to the disk. */
    public static void write(Path file, String key, ImageDataset images) throws IOException {
        write(file, key, images.shape(), sink -> {
            byte[] pixels = new byte[images.shape().size()];
            for (int c = 0; c < images.classCount(); c++) {
                for (int i = 0; i < images.imageCount(c); i++) {
                    images.read(c, i, pixels, 0);
                    sink.accept(images.className(c), images.imageName(c, i), pixels);
                }
            }
        });
    }

    /** Hands over all images, class by class. */
    private interface Source {
        void to(Sink sink) throws IOException;
    }

    /** Takes the pixels of a named image of a class. */
    private interface Sink {
        void accept(String className, String name, byte[] pixels) throws IOException;
    }

    private static void write(Path file, String key, ImageShape shape, Source images) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.position(HEAD);
            CRC32C crc = new CRC32C();
            ImageIndex.Builder index = new ImageIndex.Builder();
            images.to((className, name, pixels) -> {
                index.add(className, name, pixels);
                append(out, crc, pixels);
            });
            long indexAt = out.position();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            index.build(shape).write(new DataOutputStream(bytes));
            append(out, crc, bytes.toByteArray());
            out.force(true);
            crc.update(place(indexAt));
            ByteBuffer head = head((int) crc.getValue(), indexAt, key);
            while (head.hasRemaining()) {
                out.write(head, head.position());
            }
            out.force(true);
        }
    }

    private static void append(FileChannel out, CRC32C crc, byte[] bytes) throws IOException {
        crc.update(bytes);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            out.write(rest);
        }
    }

    private static ByteBuffer head(int crc, long indexAt, String key) {
        return ByteBuffer.allocate(HEAD)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(crc)
                .putLong(indexAt)
                .put(key.substring(0, KEY_LENGTH).getBytes(StandardCharsets.ISO_8859_1))
                .flip();
    }

    /**
     * Maps a file into memory after checking all of it.
     *
     * @throws UnusableException if it is not the file of {@code key}, whole and undamaged
     */
    public static ImageDataset open(Path file, String key) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            require(size > HEAD, "it is cut short");
            ByteBuffer head = in.map(FileChannel.MapMode.READ_ONLY, 0, HEAD);
            int crc = head.getInt(12);
            long indexAt = head.getLong(16);
            require(head.slice(0, 8).equals(ByteBuffer.wrap(MAGIC)), "it is not a file of packed images");
            require(head.getInt(8) == VERSION, "it has format version " + head.getInt(8) + ", not " + VERSION);
            require(head.equals(head(crc, indexAt, key)), "it was packed from other data");
            require(indexAt >= HEAD && indexAt < size && size - indexAt < LARGEST_MAP, "its head is damaged");
            require(crc == checksum(in, size, indexAt), "its checksum is wrong: it is damaged or cut short");
            ImageIndex index = readIndex(in.map(FileChannel.MapMode.READ_ONLY, indexAt, size - indexAt));
            long pixels = index.imageCount() * index.shape().size();
            require(indexAt - HEAD == pixels, "its index is damaged");
            return new StoredImages(index, map(in, index.shape().size(), pixels));
        }
    }

    private static void require(boolean holds, String otherwise) throws UnusableException {
        if (!holds) {
            throw new UnusableException(otherwise);
        }
    }

    private static int checksum(FileChannel in, long size, long indexAt) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = HEAD; at < size; at += LARGEST_MAP) {
            crc.update(in.map(FileChannel.MapMode.READ_ONLY, at, Math.min(LARGEST_MAP, size - at)));
        }
        crc.update(place(indexAt));
        return (int) crc.getValue();
    }

    private static ByteBuffer place(long indexAt) {
        return ByteBuffer.allocate(Long.BYTES).putLong(indexAt).flip();
    }

    private static ImageIndex readIndex(ByteBuffer mapped) throws IOException {
        byte[] bytes = new byte[mapped.remaining()];
        mapped.get(bytes);
        try {
            return ImageIndex.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | IllegalArgumentException e) { // the bytes are there: what they say is wrong
            throw new UnusableException("its index is damaged");
        }
    }

    /** Several maps where one would be too large, each of whole images. */
    private static StoredImages.Pixels map(FileChannel in, int imageSize, long pixels) throws IOException {
        int imagesPerMap = Math.max(1, LARGEST_MAP / imageSize);
        long mapSize = (long) imagesPerMap * imageSize;
        List<MappedByteBuffer> maps = new ArrayList<>();
        for (long at = 0; at < pixels; at += mapSize) {
            maps.add(in.map(FileChannel.MapMode.READ_ONLY, HEAD + at, Math.min(mapSize, pixels - at)));
        }
        return (image, target, offset) ->
                maps.get(image / imagesPerMap).get(image % imagesPerMap * imageSize, target, offset, imageSize);
    }
}
