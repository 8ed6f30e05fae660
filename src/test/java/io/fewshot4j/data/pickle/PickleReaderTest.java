package io.fewshot4j.data.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.pickle.PickleValue.Array;
import io.fewshot4j.data.pickle.PickleValue.Dict;
import io.fewshot4j.data.pickle.PickleValue.Items;
import io.fewshot4j.data.pickle.PickleValue.Nothing;
import io.fewshot4j.data.pickle.PickleValue.Real;
import io.fewshot4j.data.pickle.PickleValue.Whole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {
    private static byte[] resource(int protocol) throws IOException {
        try (InputStream in = PickleReaderTest.class.getResourceAsStream("protocol" + protocol + ".pkl")) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    private static <T> T entry(PickleValue dict, String name, Class<T> kind) {
        return kind.cast(Optional.ofNullable(((Dict) dict).entries().get(name)).orElseThrow());
    }

    private static PickleValue read(PickleBytes pickle) {
        return PickleReader.read("x.pkl", pickle.end());
    }

    private static void assertRefused(PickleBytes pickle, String words) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("x.pkl ")
                .hasMessageContaining(words)
                .hasMessageNotContaining("\n");
    }

    /**
     * {@code {'image_data': arange(24).reshape(2, 2, 2, 3), 'class_dict': {'x': [0, int64(1)]}, 'f': [...]}} by CPython
     * and NumPy.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void what_python_writes_is_read(int protocol) throws IOException {
        PickleValue whole = PickleReader.read("p", ByteBuffer.wrap(resource(protocol)));

        Array array = entry(whole, "image_data", Array.class);
        assertThat(array.shape()).containsExactly(2, 2, 2, 3);
        assertThat(array.type().code()).isEqualTo("u1");
        assertThat(array.wholes()).hasSize(24).startsWith(0L, 1L, 2L).endsWith(23L);
        Dict classes = entry(whole, "class_dict", Dict.class);
        assertThat(entry(classes, "x", Items.class).values()).containsExactly(new Whole(0), new Whole(1));
        List<PickleValue> mixed = entry(whole, "f", Items.class).values();
        assertThat(mixed.subList(0, 5))
                .containsExactly(new Real(1.5), new Nothing(), new Whole(1), new Whole(-3), new Whole(1L << 40));
        assertThat(mixed.get(5).text()).contains("ab");
        assertThat(((Items) mixed.get(6)).values()).hasSize(4);
    }

    /** Reads as a file of more than 2 GB is read. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void a_pickle_is_read_through_windows_that_are_shorter(int protocol) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(resource(protocol));
        int size = all.remaining();
        PickleValue whole =
                PickleReader.read(new PickleInput("p", size, at -> all.slice((int) at, Math.min(64, size - (int) at))));

        assertThat(entry(whole, "image_data", Array.class).wholes()).hasSize(24).endsWith(22L, 23L);
        assertThat(entry(whole, "f", Items.class).values()).hasSize(7);
        assertThatThrownBy(() -> PickleReader.read(new PickleInput(
                        "p", size, at -> all.slice((int) at, Math.min(8, size - (int) at)))))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("p is refused: a value may have 8 bytes, got ");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void a_file_cut_short_anywhere_is_named_in_one_line(int protocol) throws IOException {
        byte[] whole = resource(protocol);
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertThatThrownBy(() -> PickleReader.read("cut.pkl", cut))
                    .isInstanceOf(FewShotException.class)
                    .hasMessageStartingWith("cut.pkl is ")
                    .hasMessageNotContaining("\n");
        }
    }

    /** No byte that is wrong may end in anything but one line of text. */
    @Test
    void a_damaged_file_is_read_or_refused() throws IOException {
        byte[] whole = resource(2);
        for (int at = 2; at < whole.length; at++) {
            for (int value : new int[] {0, '(', 'R', 'b', 'e', 'u', 0x87, 0xff}) {
                byte[] damaged = whole.clone();
                damaged[at] = (byte) value;
                try {
                    PickleReader.read("damaged.pkl", ByteBuffer.wrap(damaged));
                } catch (FewShotException e) {
                    assertThat(e).hasMessageStartingWith("damaged.pkl ").hasMessageNotContaining("\n");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "__builtin__, getattr",
        "numpy.testing._private.utils, runstring",
        "java.lang.Runtime, getRuntime",
        "numpy, load"
    })
    void a_hostile_pickle_runs_nothing(String module, String name) {
        assertRefused(
                PickleBytes.begin().global(module, name).string("touch x").raw(0x85, 'R'),
                "is refused: it names " + module + "." + name);
    }

    @Test
    void names_of_protocol_4_are_refused_alike() {
        assertRefused(
                PickleBytes.begin()
                        .raw(0x8c, 2)
                        .text("os")
                        .raw(0x8c, 6)
                        .text("system")
                        .raw(0x93),
                "is refused: it names os.system");
    }

    @ParameterizedTest
    @ValueSource(ints = {'i', 'o', 0x81, 0x82, 'P', 'Q', 0x92, 0x97, 0x98, 'I', 'S', 0x8f})
    void operations_that_data_do_not_need_are_refused(int code) {
        assertRefused(PickleBytes.begin().raw(')', ')', code), "is refused: it uses operation 0x");
    }

    @Test
    void a_type_is_no_function() {
        assertRefused(PickleBytes.begin().global("numpy", "ndarray").raw(')', 'R'), "which is not a function");
    }

    @Test
    void a_state_for_anything_but_an_array_is_refused() {
        assertRefused(PickleBytes.begin().raw('}', ')', 'b'), "something that is no array");
    }

    @Test
    void an_array_whose_size_is_not_that_of_its_data_is_refused() {
        assertRefused(array("K\u0002K\u0003\u0086", "abcde"), "an array [2, 3] of u1 must not have 5 bytes");
        assertRefused(
                array("J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007f\u0087", "abcde"),
                "must not have 5 bytes");
        assertRefused(array("J\u00ff\u00ff\u00ff\u00ff\u0085", ""), "whole numbers from 0");
    }

    private static PickleBytes array(String shape, String data) {
        return PickleBytes.begin()
                .global("numpy.core.multiarray", "_reconstruct")
                .raw(')', 'R', '(', 'K', 1)
                .text(shape)
                .global("numpy", "dtype")
                .string("u1")
                .raw(0x85, 'R', 0x89)
                .string(data)
                .raw('t', 'b');
    }

    @Test
    void strings_of_python_2_are_views_of_the_file() {
        Array array = (Array) read(array("K\u0002K\u0003\u0086", "abcdef"));

        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.data().get(5)).isEqualTo((byte) 'f');
    }

    @ParameterizedTest
    @ValueSource(strings = {"O8", "S5", "V1", "u9", "c8", ""})
    void element_types_that_are_no_numbers_are_refused(String type) {
        assertRefused(PickleBytes.begin().global("numpy", "dtype").string(type).raw(0x85, 'R'), "must be numbers");
    }

    @ParameterizedTest
    @CsvSource({"f4, >, 63 128 0 0, 1.0", "f8, <, 0 0 0 0 0 0 240 63, 1.0"})
    void real_scalars_are_read_in_their_byte_order(String type, String order, String bytes, double expected) {
        PickleBytes pickle = scalar(type, order, bytes);
        assertThat(read(pickle.raw(0x86, 'R'))).isEqualTo(new Real(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "i1, |, 255, -1",
        "u1, |, 255, 255",
        "i2, >, 255 254, -2",
        "u2, <, 1 2, 513",
        "i4, >, 0 0 1 0, 256",
        "u4, <, 255 255 255 255, 4294967295"
    })
    void whole_scalars_are_read_in_their_byte_order(String type, String order, String bytes, long expected) {
        assertThat(read(scalar(type, order, bytes).raw(0x86, 'R'))).isEqualTo(new Whole(expected));
    }

    private static PickleBytes scalar(String type, String order, String bytes) {
        String[] values = bytes.split(" ", -1);
        PickleBytes pickle = PickleBytes.begin()
                .global("numpy.core.multiarray", "scalar")
                .global("numpy", "dtype")
                .string(type)
                .raw(0x85, 'R', '(', 'K', 3)
                .string(order)
                .raw('t', 'b', 'U', values.length);
        for (String value : values) {
            pickle.raw(Integer.parseInt(value));
        }
        return pickle;
    }

    @Test
    void a_small_file_does_not_unfold_to_much_memory() {
        PickleBytes bytes = PickleBytes.begin()
                .global("_codecs", "encode")
                .raw('q', 0, '0', 'X', 0, 4, 0, 0)
                .text("a".repeat(1024))
                .raw('0', 'h', 0, 'X', 100, 0, 0, 0)
                .text("b".repeat(100))
                .raw('q', 2, 'X', 6, 0, 0, 0)
                .text("latin1")
                .raw(0x86, 'q', 1, 'R')
                .times(100, "h\0h\u0001R");
        assertRefused(bytes, "unfold to more bytes");
    }

    @Test
    void depth_and_steps_are_bounded() {
        assertRefused(PickleBytes.begin().times(1001, "("), "nested too deeply");
        assertRefused(PickleBytes.begin().times(PickleReader.MOST_OPERATIONS, "N"), "takes more than 2000000 steps");
        assertRefused(
                PickleBytes.begin()
                        .raw('(')
                        .times(33, "K\u0001")
                        .raw('t', 'q', 0)
                        .raw('0')
                        .global("numpy.core.multiarray", "_reconstruct")
                        .raw(')', 'R', '(', 'K', 1, 'h', 0)
                        .global("numpy", "dtype")
                        .string("u1")
                        .raw(0x85, 'R', 0x89)
                        .string("a")
                        .raw('t', 'b'),
                "32 axes");
    }

    @Test
    void a_list_that_holds_itself_is_read() {
        Items items = (Items) read(PickleBytes.begin().raw(']', 'q', 0, 'h', 0, 'a'));
        assertThat(items.values().get(0)).isSameAs(items);
    }

    @Test
    void keys_are_text_or_numbers() {
        Dict dict = (Dict)
                read(PickleBytes.begin().raw('(', 'K', 7, 'N').string("a").raw('N', 'd'));
        assertThat(dict.entries()).containsOnlyKeys("7", "a");
        assertRefused(PickleBytes.begin().raw('}', ')', 'N', 's'), "a key must be a string or a number");
        assertRefused(
                PickleBytes.begin()
                        .raw('}', 'B', 0, 4, 0, 0)
                        .text("k".repeat(1024))
                        .raw('N', 's'),
                "1000 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "0, it takes a value where there is none",
        "a, it takes a value where there is none",
        "e, a list that was not begun",
        "hA, never set aside",
        "(Ku, a key without a value",
        "}Na, in place of a Items"
    })
    void what_no_python_writes_is_named(String operations, String words) {
        PickleBytes pickle = PickleBytes.begin().text(operations.equals("(Ku") ? "}(K\u0001u" : operations);
        assertRefused(pickle, words);
    }

    @Test
    void whole_numbers_beyond_64_bits_are_refused() {
        assertRefused(PickleBytes.begin().raw(0x8a, 9).text("123456789"), "at most 8 can be read");
    }

    @Test
    void other_files_are_refused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.pkl"), "(lp0\n.");
        assertThatThrownBy(() -> PickleReader.read(file)).hasMessageContaining("is no pickle of protocol 2 to 5");
        assertThatThrownBy(() -> PickleReader.read(folder.resolve("absent.pkl")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_line_without_end_is_refused() {
        assertRefused(PickleBytes.begin().text("c" + "x".repeat(500)), "a name may have 200 letters");
    }

    @Test
    void columns_first_is_refused() {
        assertRefused(
                PickleBytes.begin()
                        .global("numpy.core.numeric", "_frombuffer")
                        .raw('(')
                        .string("abcd")
                        .global("numpy", "dtype")
                        .string("u1")
                        .raw(0x85, 'R', 'K', 2, 'K', 2, 0x86)
                        .string("F")
                        .raw('t', 'R'),
                "write it again in C order");
    }
}
