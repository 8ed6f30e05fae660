package io.fewshot4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class NpzTest {
    @TempDir
    private Path folder;

    private static final INDArray COUNTED =
            Nd4j.arange(24).castTo(DataType.DOUBLE).reshape(2, 3, 4);

    @ParameterizedTest
    @EnumSource
    void type_shape_and_values_survive(NpyType type) {
        INDArray array = COUNTED.castTo(type.type());

        INDArray read = roundTrip(array);

        assertThat(read).isEqualTo(array);
        assertThat(read.dataType()).isEqualTo(type.type());
        assertThat(read.shape()).containsExactly(2, 3, 4);
        assertThat(read.ordering()).isEqualTo('c');
    }

    @Test
    void the_same_bits_come_back() {
        INDArray array = Nd4j.createFromArray(-0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Math.PI);

        assertThat(Transfer.read(roundTrip(array)))
                .containsExactly(-0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Math.PI);
    }

    @Test
    void scalars_vectors_and_empty_arrays_keep_their_rank() {
        assertThat(roundTrip(Nd4j.scalar(0.4)).shape()).isEmpty();
        assertThat(roundTrip(Nd4j.scalar(0.4)).getDouble()).isEqualTo(0.4);
        assertThat(roundTrip(Nd4j.createFromArray(1f, 2f)).shape()).containsExactly(2);
        assertThat(roundTrip(Nd4j.create(DataType.FLOAT, 0, 3)).shape()).containsExactly(0, 3);
    }

    @Test
    void views_and_other_orders_are_written_by_value() {
        INDArray view = COUNTED.get(NDArrayIndex.point(1), NDArrayIndex.interval(1, 3), NDArrayIndex.interval(0, 2, 4));
        INDArray row = COUNTED.reshape(24).get(NDArrayIndex.interval(5, 9));

        assertThat(roundTrip(view)).isEqualTo(Nd4j.createFromArray(new double[][] {{16, 18}, {20, 22}}));
        assertThat(roundTrip(row)).isEqualTo(Nd4j.createFromArray(5.0, 6, 7, 8));
        assertThat(roundTrip(COUNTED.permute(2, 0, 1)))
                .isEqualTo(COUNTED.permute(2, 0, 1).dup('c'));
        assertThat(roundTrip(COUNTED.dup('f'))).isEqualTo(COUNTED);
    }

    @Test
    void equal_arrays_give_equal_bytes_in_the_maps_order() throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("z", COUNTED);
        arrays.put("conv0.weight", Nd4j.scalar(1));
        Npz.write(folder.resolve("a.npz"), arrays);
        Npz.write(folder.resolve("b.npz"), arrays);

        assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
        assertThat(Npz.read(folder.resolve("a.npz")).keySet()).containsExactly("z", "conv0.weight");
        assertThat(Files.size(folder.resolve("a.npz")))
                .isEqualTo(128 + 192 + 128 + 4 + 216); // values and bare zip records
    }

    @Test
    void fortran_order_and_version_2_are_read() throws IOException {
        byte[] values = {1, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0, 6, 0, 0, 0};
        Path file = zip("x.npy", npy(2, "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }", values));

        assertThat(get(Npz.read(file), "x")).isEqualTo(Nd4j.createFromArray(new int[][] {{1, 2, 3}, {4, 5, 6}}));
    }

    @Test
    void numpys_own_files_are_read() {
        Path file = Path.of(System.getProperty("fewshot4j.shared", "../shared"), "reference/cases/s28_o1_k1.npz");
        assumeTrue(Files.exists(file), () -> file + " is absent: reference cases are not compared");

        Map<String, INDArray> arrays = Npz.read(file);

        assertThat(get(arrays, "support_y").dataType()).isEqualTo(DataType.INT64);
        assertThat(get(arrays, "inner_lr").rank()).isZero();
        assertThat(get(arrays, "conv1.weight").shape()).endsWith(3, 3);
    }

    @Test
    void other_types_are_refused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> roundTrip(Nd4j.create(DataType.FLOAT16, 2)))
                .withMessage("npy files hold <f8, <f4, <i8, <i4, |u1, |b1, got HALF");
        assertRefused(
                npy(1, "{'descr': '<c16', 'fortran_order': False, 'shape': (), }", new byte[16]),
                "must be of type <f8, <f4, <i8, <i4, |u1, |b1, got <c16");
    }

    @Test
    void damaged_entries_are_named() throws IOException {
        byte[] good = npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", new byte[16]);
        assertRefused(
                Arrays.copyOf(good, good.length - 1), "must have 16 bytes of values for shape [2] of <f8, got 15");
        assertRefused(Arrays.copyOf(good, 20), "is cut off within its header");
        assertRefused(Arrays.copyOf(good, 3), "is cut off within its header");
        assertRefused("no array at all".getBytes(StandardCharsets.UTF_8), "is no npy array");
        assertRefused(npy(1, "{'descr': [('a', '<f8')]}", new byte[0]), "has an npy header that is not understood");
        assertRefused(
                npy(
                        2,
                        "{'descr': '<f8', 'fortran_order': False, 'shape': (" + "1, ".repeat(5000) + "), }",
                        new byte[8]),
                "has an npy header that is not understood, or more than 32 dimensions: {'descr': '<f8'");
        assertRefused(npy(3, "{}", new byte[0]), "must be npy version 1 or 2, got 3");
    }

    @Test
    void a_huge_shape_is_refused_before_memory_is_taken() throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999, 999999999999), }";
        assertRefused(npy(1, header, new byte[16]), "got 16");
    }

    @Test
    void a_flipped_bit_is_found() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, Map.of("x", COUNTED));
        byte[] bytes = Files.readAllBytes(file);
        bytes[200] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(FewShotException.class)
                .hasMessage("cannot read " + file + " as an npz file: entry x.npy is damaged: its CRC-32 differs from"
                        + " the one in the zip");
    }

    @Test
    void files_that_are_no_npz_are_named() throws IOException {
        Path text = Files.writeString(folder.resolve("text.npz"), "hello");
        Path other = zip("readme.txt", new byte[3]);
        Path none = folder.resolve("none.npz");

        assertThatThrownBy(() -> Npz.read(text)).hasMessageStartingWith("cannot read " + text + " as an npz file: ");
        assertThatThrownBy(() -> Npz.read(other)).hasMessageEndingWith("entry readme.txt must end in .npy");
        assertThatThrownBy(() -> Npz.read(none)).hasMessage("cannot read " + none + ": there is no such file");
        assertThatThrownBy(() -> Npz.write(none.resolve("x"), Map.of()))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cannot write " + none.resolve("x"));
    }

    private INDArray roundTrip(INDArray array) {
        Path file = folder.resolve("array.npz");
        Npz.write(file, Map.of("x", array));
        return get(Npz.read(file), "x");
    }

    private void assertRefused(byte[] npy, String reason) throws IOException {
        Path file = zip("x.npy", npy);
        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cannot read " + file + " as an npz file: entry x.npy ")
                .hasMessageContaining(reason);
    }

    private Path zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return Files.write(folder.resolve("made.npz"), bytes.toByteArray());
    }

    private static byte[] npy(int version, String header, byte[] values) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + values.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            out.putShort((short) text.length);
        } else {
            out.putInt(text.length);
        }
        out.put(text).put(values);
        return out.array();
    }

    private static INDArray get(Map<String, INDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name));
    }
}
