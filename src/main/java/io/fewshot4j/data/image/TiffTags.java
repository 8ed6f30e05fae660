package io.fewshot4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first directory of a TIFF file, or of the TIFF block that EXIF is in other files. */
final class TiffTags {
    private static final int ORIENTATION = 0x0112;
    private static final int STRIP_OFFSETS = 0x0111;
    private static final int STRIP_LENGTHS = 0x0117;
    private static final int TILE_OFFSETS = 0x0144;
    private static final int TILE_LENGTHS = 0x0145;
    private static final int SHORT = 3;

    /** Bytes of a value of each type, from type 1. */
    private static final String TYPE_BYTES = "112481124848";

    /** The bytes of "Exif" and two zeros, which may stand before the block. */
    private static final int EXIF = 6;

    private final ByteBuffer tiff;
    private final int directory;

    private TiffTags(ByteBuffer file) {
        ByteBuffer block = file.get(0) == 'E' ? file.slice(EXIF, file.remaining() - EXIF) : file.slice();
        tiff = block.order(block.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        directory = tiff.getInt(4);
    }

    /** 1 to 8; 1 (upright) where it is not said, or metadata are damaged, which is not worth refusing an image. */
    static int orientation(ByteBuffer block) {
        try {
            TiffTags tags = new TiffTags(block);
            int entry = tags.entry(ORIENTATION);
            return entry == 0 ? 1 : tags.tiff.getShort(entry + 8);
        } catch (IndexOutOfBoundsException e) {
            return 1;
        }
    }

    /** Refuses a file of which a strip or tile of the first image is not all there: the reader would leave it black. */
    static void requireWhole(byte[] file) throws IOException {
        try {
            TiffTags tags = new TiffTags(ByteBuffer.wrap(file));
            tags.requireValues();
            boolean tiles = tags.entry(TILE_OFFSETS) != 0;
            int offsets = tags.entry(tiles ? TILE_OFFSETS : STRIP_OFFSETS);
            int lengths = tags.entry(tiles ? TILE_LENGTHS : STRIP_LENGTHS);
            if (offsets == 0 || lengths == 0) {
                throw new IOException("no pixels in its first directory");
            }
            for (int i = 0; i < tags.count(offsets); i++) {
                if (tags.value(offsets, i) + tags.value(lengths, i) > file.length) {
                    throw new EOFException("pixels go on after the end");
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw (EOFException) new EOFException("directory goes on after the end").initCause(e);
        }
    }

    private void requireValues() throws EOFException {
        for (int i = 0; i < (tiff.getShort(directory) & 0xffff); i++) {
            int entry = directory + 2 + 12 * i;
            int type = tiff.getShort(entry + 2);
            long length =
                    type < 1 || type > TYPE_BYTES.length() ? 0 : count(entry) * (TYPE_BYTES.charAt(type - 1) - '0');
            if (length > 4 && (tiff.getInt(entry + 8) & 0xffffffffL) + length > tiff.limit()) {
                throw new EOFException("a tag's value goes on after the end");
            }
        }
    }

    /** Position of a tag's entry; 0 for none. */
    private int entry(int tag) {
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == tag) {
                return entry;
            }
        }
        return 0;
    }

    private long count(int entry) {
        return tiff.getInt(entry + 4) & 0xffffffffL;
    }

    private long value(int entry, int index) {
        int size = tiff.getShort(entry + 2) == SHORT ? 2 : 4;
        int at = (count(entry) * size <= 4 ? entry + 8 : tiff.getInt(entry + 8)) + size * index;
        return size == 2 ? tiff.getShort(at) & 0xffff : tiff.getInt(at) & 0xffffffffL;
    }
}
