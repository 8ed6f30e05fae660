package io.fewshot4j.tensor;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One array in NumPy's npy format, versions 1 and 2.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int SHOWN = 120;
    private static final Pattern HEADER = Pattern.compile("\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,"
            + "\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,"
            + "\\s*'shape'\\s*:\\s*\\(\\s*((?:\\d{1,18}\\s*,\\s*){0,31}(?:\\d{1,18})?)\\s*\\)\\s*,?\\s*\\}\\s*");

    private Npy() {}

    static byte[] write(INDArray array) {
        String shape = Arrays.stream(array.shape()).mapToObj(d -> d + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '" + NpyType.of(array.dataType()).code() + "', 'fortran_order': False, 'shape': ("
                + (array.rank() > 1 ? shape.substring(0, shape.length() - 1) : shape) + "), }";
        int before = MAGIC.length + 4;
        int header = (before + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - before;
        byte[] values = RawValues.bytes(array);
        ByteBuffer out = ByteBuffer.allocate(before + header + values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header);
        String padded = text + " ".repeat(header - text.length() - 1) + "\n";
        out.put(padded.getBytes(StandardCharsets.ISO_8859_1)).put(values);
        return out.array();
    }

    /** The array in c-order; the message of the exception says what is wrong with the bytes. */
    static INDArray read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        String header;
        try {
            header = header(in);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("is cut off within its header", e);
        }
        Matcher match = HEADER.matcher(header);
        if (!match.matches()) {
            throw new IllegalArgumentException("has an npy header that is not understood, or more than 32 dimensions: "
                    + header.strip().substring(0, Math.min(SHOWN, header.strip().length())));
        }
        NpyType type = NpyType.of(match.group(1))
                .orElseThrow(() ->
                        new IllegalArgumentException("must be of type " + NpyType.codes() + ", got " + match.group(1)));
        long[] shape = shape(match.group(3));
        requireLength(type, shape, in.remaining());
        return values(type, shape, match.group(2).equals("True"), in);
    }

    private static String header(ByteBuffer in) {
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException("is no npy array: it does not start with \\x93NUMPY");
        }
        int version = in.get();
        in.get();
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("must be npy version 1 or 2, got " + version);
        }
        int length = version == 1 ? Short.toUnsignedInt(in.getShort()) : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static long[] shape(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(d -> !d.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static void requireLength(NpyType type, long[] shape, int found) {
        double expected =
                Arrays.stream(shape).asDoubleStream().reduce(type.type().width(), (a, b) -> a * b);
        if (expected != found) {
            throw new IllegalArgumentException("must have " + (long) expected + " bytes of values for shape "
                    + Arrays.toString(shape) + " of " + type.code() + ", got " + found);
        }
    }

    private static INDArray values(NpyType type, long[] shape, boolean fortran, ByteBuffer in) {
        if (!fortran || shape.length < 2) {
            return RawValues.array(type.type(), shape, in);
        }
        int rank = shape.length;
        long[] reversed =
                IntStream.range(0, rank).mapToLong(i -> shape[rank - 1 - i]).toArray();
        try (INDArray turned = RawValues.array(type.type(), reversed, in)) {
            return turned.permute(
                            IntStream.range(0, rank).map(i -> rank - 1 - i).toArray())
                    .dup('c');
        }
    }
}
