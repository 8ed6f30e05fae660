package io.fewshot4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A walk over a GIF's blocks: whether it goes on to its end, and where its first frame lies on the screen. */
final class GifBlocks {
    private static final int END = ';';
    private static final int IMAGE = ',';
    private static final int EXTENSION = '!';
    private static final int SCREEN = 6;

    private GifBlocks() {}

    /** The screen that frames are drawn on, and the first frame's place there. */
    record Screen(int height, int width, int frameTop, int frameLeft) {}

    /** The screen of a file that is {@link #whole}; one that is smaller than the first frame's end is as large. */
    static Screen screen(byte[] file, int frameHeight, int frameWidth) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(SCREEN + 4);
        skipTable(bytes, 2);
        for (int block = bytes.get(); block != IMAGE; block = bytes.get()) {
            skip(block, bytes);
        }
        int left = bytes.getShort() & 0xffff;
        int top = bytes.getShort() & 0xffff;
        int height = Math.max(bytes.getShort(SCREEN + 2) & 0xffff, top + frameHeight);
        int width = Math.max(bytes.getShort(SCREEN) & 0xffff, left + frameWidth);
        return new Screen(height, width, top, left);
    }

    /** Without what comes after the end. */
    static byte[] whole(byte[] file) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(file).position(SCREEN + 4);
        try {
            skipTable(rest, 2);
            for (int block = rest.get(); block != END; block = rest.get()) {
                skip(block, rest);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw (EOFException) new EOFException("no trailer").initCause(e);
        }
        return Arrays.copyOf(file, rest.position());
    }

    private static void skip(int block, ByteBuffer rest) throws IOException {
        if (block == IMAGE) {
            rest.position(rest.position() + 8);
            skipTable(rest, 0);
            rest.get(); // bits of the smallest code
        } else if (block == EXTENSION) {
            rest.get(); // its kind
        } else if (block != 0) {
            throw new IOException("a block that GIF does not have");
        }
        for (int length = block == 0 ? 0 : rest.get() & 0xff; length > 0; length = rest.get() & 0xff) {
            rest.position(rest.position() + length);
        }
    }

    /** Over a colour table, if the next byte says that there is one, and over some bytes between. */
    private static void skipTable(ByteBuffer rest, int between) {
        int flags = rest.get();
        rest.position(rest.position() + between + ((flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7))));
    }
}
