package io.fewshot4j.data.pickle;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.pickle.PickleValue.Array;
import io.fewshot4j.data.pickle.PickleValue.Bytes;
import io.fewshot4j.data.pickle.PickleValue.ElementType;
import io.fewshot4j.data.pickle.PickleValue.Items;
import io.fewshot4j.data.pickle.PickleValue.Symbol;
import io.fewshot4j.data.pickle.PickleValue.Whole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The five functions by which NumPy and Python write arrays, array scalars and bytes, each known by its name and done
 * here: <a href="https://numpy.org/doc/stable/reference/generated/numpy.ndarray.__reduce__.html">how an array is
 * pickled</a>.
 */
final class NumpyObjects {
    private static final Map<String, String> KNOWN = Map.of(
            "numpy.ndarray", "ndarray",
            "numpy.dtype", "dtype",
            "numpy.core.multiarray._reconstruct", "array",
            "numpy._core.multiarray._reconstruct", "array",
            "numpy.core.multiarray.scalar", "scalar",
            "numpy._core.multiarray.scalar", "scalar",
            "numpy.core.numeric._frombuffer", "buffer",
            "numpy._core.numeric._frombuffer", "buffer",
            "_codecs.encode", "encode");

    private static final int MOST_AXES = 32;

    private final PickleInput input;
    private long encoded;

    NumpyObjects(PickleInput input) {
        this.input = input;
    }

    Symbol symbol(String module, String name) {
        String known = KNOWN.get(module + "." + name);
        if (known == null) {
            throw input.fault("is refused: it names " + printable(module + "." + name)
                    + ", and a pickle of data has arrays, lists, dictionaries, strings and numbers only; nothing in it"
                    + " was run");
        }
        return new Symbol(known);
    }

    private static String printable(String name) {
        return name.codePoints()
                .limit(80)
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    PickleValue reduce(Symbol function, List<PickleValue> arguments) {
        return switch (function.name()) {
            case "array" -> new Array();
            case "dtype" -> type(arguments);
            case "scalar" -> scalar(argument(arguments, 0, ElementType.class), bytes(arguments, 1));
            case "buffer" -> fromBuffer(arguments);
            case "encode" -> encode(arguments);
            default -> throw input.fault("is refused: it calls " + function.name() + ", which is not a function");
        };
    }

    private ElementType type(List<PickleValue> arguments) {
        String code = argument(arguments, 0, PickleValue.class).text().orElse("");
        if (!code.matches("[biu]1|[iu][248]|f[48]")) {
            throw input.fault("is refused: array elements must be numbers, got NumPy type " + printable(code));
        }
        return new ElementType(code);
    }

    /** Does to an array or to its type what {@code __setstate__} does. */
    void build(PickleValue object, List<PickleValue> state) {
        if (object instanceof ElementType type) {
            if (argument(state, 1, PickleValue.class).text().orElse("").equals(">")) {
                type.bigEndian();
            }
        } else if (object instanceof Array array) {
            boolean columnsFirst = argument(state, 3, Whole.class).value() != 0;
            fill(array, shape(state, 1), argument(state, 2, ElementType.class), bytes(state, 4), columnsFirst);
        } else {
            throw input.fault("is refused: it gives a state to something that is no array");
        }
    }

    private Array fromBuffer(List<PickleValue> arguments) {
        Array array = new Array();
        boolean columnsFirst =
                argument(arguments, 3, PickleValue.class).text().orElse("C").equals("F");
        fill(array, shape(arguments, 2), argument(arguments, 1, ElementType.class), bytes(arguments, 0), columnsFirst);
        return array;
    }

    private void fill(Array array, List<Integer> shape, ElementType type, ByteBuffer data, boolean columnsFirst) {
        long size = type.size();
        try {
            for (int length : shape) {
                size = Math.multiplyExact(size, (long) length);
            }
        } catch (ArithmeticException e) {
            throw damagedArray(shape, type, data, e);
        }
        if (size != data.remaining()) {
            throw damagedArray(shape, type, data, new ArithmeticException());
        }
        if (columnsFirst && shape.stream().filter(length -> length > 1).count() > 1) {
            throw input.fault("holds an array in column order: write it again in C order");
        }
        array.fill(shape, type, data);
    }

    private FewShotException damagedArray(List<Integer> shape, ElementType type, ByteBuffer data, Exception cause) {
        FewShotException fault = input.fault("is damaged: an array " + shape + " of " + type.code() + " must not have "
                + data.remaining() + " bytes");
        fault.initCause(cause);
        return fault;
    }

    private PickleValue scalar(ElementType type, ByteBuffer data) {
        if (data.remaining() != type.size()) {
            throw input.fault("is damaged: a number of type " + type.code() + " has " + data.remaining() + " bytes");
        }
        return type.read(data.duplicate());
    }

    /** Reads bytes as Python 3 writes them in protocol 2: as text of the same code points. */
    private Bytes encode(List<PickleValue> arguments) {
        String text = argument(arguments, 0, PickleValue.Text.class).value();
        encoded += text.length();
        if (encoded > input.size()) {
            throw input.fault("is refused: it would unfold to more bytes than it has");
        }
        if (!argument(arguments, 1, PickleValue.class).text().orElse("").equals("latin1")) {
            throw input.fault("is refused: bytes must be written as latin1");
        }
        return new Bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private List<Integer> shape(List<PickleValue> from, int index) {
        List<PickleValue> lengths = argument(from, index, Items.class).values();
        if (lengths.size() > MOST_AXES) {
            throw input.fault("is refused: an array may have " + MOST_AXES + " axes, got " + lengths.size());
        }
        List<Integer> shape = new ArrayList<>();
        for (PickleValue length : lengths) {
            if (!(length instanceof Whole whole) || whole.value() < 0 || whole.value() > Integer.MAX_VALUE) {
                throw input.fault("is damaged: the lengths of an array's axes must be whole numbers from 0");
            }
            shape.add((int) whole.value());
        }
        return shape;
    }

    private ByteBuffer bytes(List<PickleValue> from, int index) {
        return argument(from, index, Bytes.class).value();
    }

    private <T extends PickleValue> T argument(List<PickleValue> from, int index, Class<T> kind) {
        if (index >= from.size() || !kind.isInstance(from.get(index))) {
            throw input.fault(
                    "is damaged: argument " + index + " of an array or number must be a " + kind.getSimpleName());
        }
        return kind.cast(from.get(index));
    }
}
