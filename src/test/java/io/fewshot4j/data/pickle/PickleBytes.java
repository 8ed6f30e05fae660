package io.fewshot4j.data.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Pickles written by hand, operation by operation. */
final class PickleBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private PickleBytes() {}

    /** Begins a pickle of protocol 2. */
    static PickleBytes begin() {
        return new PickleBytes().raw(0x80, 2);
    }

    PickleBytes raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    PickleBytes text(String letters) {
        bytes.writeBytes(letters.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** A short string of Python 2. */
    PickleBytes string(String letters) {
        return raw('U', letters.length()).text(letters);
    }

    PickleBytes global(String module, String name) {
        return text("c" + module + "\n" + name + "\n");
    }

    PickleBytes times(int count, String operations) {
        return text(operations.repeat(count));
    }

    ByteBuffer end() {
        return ByteBuffer.wrap(raw('.').bytes.toByteArray());
    }
}
