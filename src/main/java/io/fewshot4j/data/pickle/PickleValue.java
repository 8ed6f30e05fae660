package io.fewshot4j.data.pickle;

import io.fewshot4j.FewShotException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that a pickle may hold. */
public sealed interface PickleValue {
    /** {@code None}. */
    record Nothing() implements PickleValue {}

    /** A unicode string. */
    record Text(String value) implements PickleValue {}

    /** Bytes, or a string of Python 2: a view of the file where that is possible. */
    record Bytes(ByteBuffer value) implements PickleValue {}

    /** A whole number, or 0 and 1 for false and true. */
    record Whole(long value) implements PickleValue {}

    /** A floating-point number. */
    record Real(double value) implements PickleValue {}

    /** A list or a tuple. */
    record Items(List<PickleValue> values) implements PickleValue {}

    /** A dictionary; a key that is a number or bytes is written as text. */
    record Dict(Map<String, PickleValue> entries) implements PickleValue {}

    /** A name of one of the few functions and types that are known; it cannot be called. */
    record Symbol(String name) implements PickleValue {}

    /** The type of an array's elements. */
    final class ElementType implements PickleValue {
        private final String code;
        private boolean bigEndian;

        ElementType(String code) {
            this.code = code;
        }

        void bigEndian() {
            bigEndian = true;
        }

        /** Kind and bytes, as NumPy writes them: {@code u1}, {@code i8}, {@code f4}, {@code b1}. */
        public String code() {
            return code;
        }

        int size() {
            return code.charAt(1) - '0';
        }

        /** The next element. */
        PickleValue read(ByteBuffer from) {
            from.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            return switch (code) {
                case "f4" -> new Real(from.getFloat());
                case "f8" -> new Real(from.getDouble());
                case "i1" -> new Whole(from.get());
                case "b1", "u1" -> new Whole(from.get() & 255);
                case "i2" -> new Whole(from.getShort());
                case "u2" -> new Whole(from.getShort() & 0xffff);
                case "i4" -> new Whole(from.getInt());
                case "u4" -> new Whole(from.getInt() & 0xffffffffL);
                default -> new Whole(from.getLong());
            };
        }
    }

    /** A NumPy array; its data are a view of the file where that is possible. */
    final class Array implements PickleValue {
        private List<Integer> shape = List.of();
        private ElementType type = new ElementType("u1");
        private ByteBuffer data = ByteBuffer.allocate(0);

        void fill(List<Integer> newShape, ElementType newType, ByteBuffer newData) {
            shape = List.copyOf(newShape);
            type = newType;
            data = newData;
        }

        /** The length of each axis; none where the pickle never said. */
        public List<Integer> shape() {
            return shape;
        }

        /** Type of an element. */
        public ElementType type() {
            return type;
        }

        /**
         * All elements of an array of whole numbers.
         *
         * @throws io.fewshot4j.FewShotException if they are none
         */
        public List<Long> wholes() {
            List<Long> wholes = new ArrayList<>();
            ByteBuffer rest = data();
            while (rest.hasRemaining()) {
                if (!(type.read(rest) instanceof Whole whole)) {
                    throw new FewShotException("numbers in a pickle's array must be whole, got type " + type.code());
                }
                wholes.add(whole.value());
            }
            return wholes;
        }

        /** All elements in C order. */
        public ByteBuffer data() {
            return data.duplicate();
        }
    }

    /** The text of a string, of Python 3 or 2. */
    default Optional<String> text() {
        if (this instanceof Bytes bytes) {
            return Optional.of(StandardCharsets.ISO_8859_1
                    .decode(bytes.value().duplicate())
                    .toString());
        }
        return this instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }
}
