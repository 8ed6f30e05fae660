package io.fewshot4j.data.pickle;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.pickle.PickleValue.Bytes;
import io.fewshot4j.data.pickle.PickleValue.Dict;
import io.fewshot4j.data.pickle.PickleValue.Items;
import io.fewshot4j.data.pickle.PickleValue.Nothing;
import io.fewshot4j.data.pickle.PickleValue.Real;
import io.fewshot4j.data.pickle.PickleValue.Text;
import io.fewshot4j.data.pickle.PickleValue.Whole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * Reads a pickle of protocol 2 to 5 that holds lists, tuples, dictionaries, strings, bytes, numbers and NumPy arrays.
 * Anything else is refused: no class is looked up by a name in the file, and nothing in the file is run. Strings and
 * arrays are views of the file where they can be, and what is built is bounded by the file's size and by {@link
 * #MOST_OPERATIONS}. A file may have any size, a value in it 2 GB.
 */
public final class PickleReader {
    /** A file of more steps is no data set, unless it is so large that each has many bytes. */
    static final int MOST_OPERATIONS = 2_000_000;

    private static final int LEAST_BYTES = 128;

    private static final int LONGEST_KEY = 1000;

    private final PickleInput input;
    private final PickleStack stack;
    private final NumpyObjects numpy;

    private PickleReader(PickleInput input) {
        this.input = input;
        this.stack = new PickleStack(input);
        this.numpy = new NumpyObjects(input);
    }

    /**
     * Reads a file, which is mapped into memory.
     *
     * @throws FewShotException if it is cut short, no pickle, or holds something else than data
     */
    public static PickleValue read(Path file) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            return read(new PickleInput(file.toString(), size, position -> map(in, position, size)));
        } catch (IOException | UncheckedIOException e) {
            throw new FewShotException(file + " cannot be read (" + e + ")", e);
        }
    }

    private static ByteBuffer map(FileChannel in, long position, long size) {
        try {
            return in.map(FileChannel.MapMode.READ_ONLY, position, Math.min(Integer.MAX_VALUE, size - position));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads bytes; {@code where} is their name in messages. */
    public static PickleValue read(String where, ByteBuffer bytes) {
        return read(new PickleInput(
                where, bytes.remaining(), position -> bytes.slice((int) position, bytes.limit() - (int) position)));
    }

    static PickleValue read(PickleInput input) {
        if (input.size() < 2 || input.unsignedByte() != 0x80 || input.unsignedByte() > 5) {
            throw input.fault("is no pickle of protocol 2 to 5");
        }
        return new PickleReader(input).run();
    }

    private PickleValue run() {
        long most = Math.max(MOST_OPERATIONS, input.size() / LEAST_BYTES);
        for (long done = 0; done < most; done++) {
            int code = input.unsignedByte();
            if (code == '.') {
                return stack.pop();
            }
            if (!plain(code) && !container(code) && !memo(code) && !object(code)) {
                throw input.fault("is refused: it uses operation "
                        + String.format(Locale.ROOT, "0x%02x", code)
                        + ", which data do not need; nothing in it was run");
            }
        }
        throw input.fault("is refused: it takes more than " + most + " steps");
    }

    private boolean plain(int code) {
        switch (code) {
            case 0x95 -> input.signedLong(); // a frame, which says nothing of the values
            case 'N' -> stack.push(new Nothing());
            case 0x88 -> stack.push(new Whole(1));
            case 0x89 -> stack.push(new Whole(0));
            case 'J' -> stack.push(new Whole(input.signedInt()));
            case 'K' -> stack.push(new Whole(input.unsignedByte()));
            case 'M' -> stack.push(new Whole(input.unsignedShort()));
            case 0x8a -> stack.push(new Whole(input.whole(input.unsignedByte())));
            case 0x8b -> stack.push(new Whole(input.whole(input.unsignedInt())));
            case 'G' -> stack.push(new Real(input.bigEndianDouble()));
            case 'X' -> stack.push(new Text(input.utf8(input.unsignedInt())));
            case 0x8c -> stack.push(new Text(input.utf8(input.unsignedByte())));
            case 0x8d -> stack.push(new Text(input.utf8(input.signedLong())));
            case 'T', 'B' -> stack.push(new Bytes(input.take(input.unsignedInt())));
            case 'U', 'C' -> stack.push(new Bytes(input.take(input.unsignedByte())));
            case 0x8e, 0x96 -> stack.push(new Bytes(input.take(input.signedLong())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int code) {
        switch (code) {
            case '(' -> stack.mark();
            case ']', ')' -> stack.push(new Items(new ArrayList<>()));
            case 'l', 't' -> stack.push(new Items(stack.popToMark()));
            case 0x85, 0x86, 0x87 -> stack.tuple(code - 0x84);
            case 'a' -> {
                PickleValue last = stack.pop();
                stack.peek(Items.class).values().add(last);
            }
            case 'e' -> {
                List<PickleValue> more = stack.popToMark();
                stack.peek(Items.class).values().addAll(more);
            }
            case '}' -> stack.push(new Dict(new LinkedHashMap<>()));
            case 'd' -> {
                List<PickleValue> pairs = stack.popToMark();
                stack.push(new Dict(new LinkedHashMap<>()));
                putAll(pairs);
            }
            case 's' -> {
                PickleValue value = stack.pop();
                putAll(List.of(stack.pop(), value));
            }
            case 'u' -> putAll(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void putAll(List<PickleValue> pairs) {
        if (pairs.size() % 2 != 0) {
            throw input.fault("is damaged: a dictionary has a key without a value");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            stack.peek(Dict.class).entries().put(key(pairs.get(i)), pairs.get(i + 1));
        }
    }

    private String key(PickleValue value) {
        if (value instanceof Bytes bytes && bytes.value().remaining() > LONGEST_KEY) {
            throw input.fault("is refused: a key may have " + LONGEST_KEY + " bytes, got "
                    + bytes.value().remaining());
        }
        return value instanceof Whole number
                ? Long.toString(number.value())
                : value.text()
                        .orElseThrow(() -> input.fault("is refused: a key must be a string or a number, got a "
                                + value.getClass().getSimpleName()));
    }

    private boolean memo(int code) {
        switch (code) {
            case 'h' -> stack.recall(input.unsignedByte());
            case 'j' -> stack.recall(input.unsignedInt());
            case 'q' -> stack.remember(input.unsignedByte());
            case 'r' -> stack.remember(input.unsignedInt());
            case 0x94 -> stack.remember();
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.peek());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int code) {
        switch (code) {
            case 'c' -> {
                String module = input.line();
                stack.push(numpy.symbol(module, input.line()));
            }
            case 0x93 -> {
                String name = stack.pop(Text.class).value();
                stack.push(numpy.symbol(stack.pop(Text.class).value(), name));
            }
            case 'R' -> {
                Items arguments = stack.pop(Items.class);
                stack.push(numpy.reduce(stack.pop(PickleValue.Symbol.class), arguments.values()));
            }
            case 'b' -> {
                Items state = stack.pop(Items.class);
                numpy.build(stack.peek(), state.values());
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
