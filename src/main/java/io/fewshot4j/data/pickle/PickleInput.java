package io.fewshot4j.data.pickle;

import io.fewshot4j.FewShotException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from the front; every fault names the file and the place. */
final class PickleInput {
    private static final int LONGEST_LINE = 200;

    private final String where;
    private final long size;
    private final Windows windows;
    private long begin;
    private ByteBuffer bytes;

    /** The bytes from a position on: all that one buffer can hold. */
    @FunctionalInterface
    interface Windows {
        ByteBuffer from(long position);
    }

    PickleInput(String where, long size, Windows windows) {
        this.where = where;
        this.size = size;
        this.windows = windows;
        this.bytes = window(0);
    }

    private ByteBuffer window(long position) {
        return windows.from(position).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    FewShotException fault(String what) {
        return new FewShotException(where + " " + what + " (at byte " + (begin + bytes.position())
                + "): get it again from a source that you trust");
    }

    long size() {
        return size;
    }

    private void require(long length) {
        long left = size - begin - bytes.position();
        if (length < 0 || length > left) {
            throw fault("is cut short: " + length + " more bytes are announced, got " + left);
        }
        if (length > bytes.remaining()) {
            begin += bytes.position();
            bytes = window(begin);
        }
        if (length > bytes.remaining()) {
            throw fault("is refused: a value may have " + bytes.remaining() + " bytes, got " + length);
        }
    }

    int unsignedByte() {
        require(1);
        return bytes.get() & 255;
    }

    int unsignedShort() {
        require(2);
        return bytes.getShort() & 0xffff;
    }

    int signedInt() {
        require(4);
        return bytes.getInt();
    }

    long unsignedInt() {
        return signedInt() & 0xffffffffL;
    }

    long signedLong() {
        require(8);
        return bytes.getLong();
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    /** A view of the next bytes. */
    ByteBuffer take(long length) {
        require(length);
        ByteBuffer taken = bytes.slice(bytes.position(), (int) length).asReadOnlyBuffer();
        bytes.position(bytes.position() + (int) length);
        return taken;
    }

    /** Up to a line's end, which is read too. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == LONGEST_LINE) {
                throw fault("is no pickle of data: a name may have " + LONGEST_LINE + " letters, got more");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** A whole number of a length, little-endian. */
    long whole(long length) {
        if (length > Long.BYTES) {
            throw fault("holds a whole number of " + length + " bytes: at most 8 can be read");
        }
        ByteBuffer taken = take(length);
        long value = length > 0 && taken.get((int) length - 1) < 0 ? -1 : 0;
        for (int i = (int) length - 1; i >= 0; i--) {
            value = value << 8 | (taken.get(i) & 255);
        }
        return value;
    }

    String utf8(long length) {
        return StandardCharsets.UTF_8.decode(take(length)).toString();
    }
}
