package io.fewshot4j.data.miniimagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageCounts;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.info.DataInfo;
import io.fewshot4j.data.split.SplitLists;
import io.fewshot4j.data.store.PackedCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiniImageNetTest {
    private static final Path SHARED = Path.of(System.getProperty("fewshot4j.shared", "../shared"), "data");
    private static final MiniImageNetSettings FOUR = new MiniImageNetSettings(4);

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private SplitDataset load(Path path) {
        DecodeProgress noting = new DecodeProgress() {
            @Override
            public void decoded(int done, int total) {}

            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
        return MiniImageNet.load(path, FOUR, new PackedCache(folder.resolve("cache")), noting);
    }

    private static List<String> classes(ImageDataset part) {
        return IntStream.range(0, part.classCount())
                .mapToObj(c -> part.className(c) + " " + part.imageCount(c))
                .toList();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Two images each of a training, a validation and a test class. */
    private static Map<String, byte[]> listed() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("train.csv", text("filename,label\na1.png,n01532829\na2.png,n01532829\n"));
        files.put("val.csv", text("filename,label\nb1.png,n01855672\nb2.png,n01855672\n"));
        files.put("test.csv", text("filename,label\nc1.png,n01930112\nc2.png,n01930112\n"));
        for (String name : List.of("a1", "a2", "b1", "b2", "c1", "c2")) {
            files.put("images/" + name + ".png", TestImages.flat(name.charAt(0) + name.charAt(1)));
        }
        return files;
    }

    private Path unpacked(Map<String, byte[]> files) {
        files.forEach((name, bytes) -> TestImages.write(folder.resolve("mine").resolve(name), bytes));
        return folder.resolve("mine");
    }

    @Test
    void lists_with_images_are_read_from_a_folder_and_from_an_archive() {
        SplitDataset data = load(unpacked(listed()));
        SplitDataset packed = load(TestImages.zip(folder.resolve("mine.zip"), listed()));

        assertThat(classes(data.train())).containsExactly("n01532829 2");
        assertThat(classes(data.validation())).containsExactly("n01855672 2");
        assertThat(classes(data.test())).containsExactly("n01930112 2");
        assertThat(data.train().imageName(0, 1)).isEqualTo("a2.png");
        assertThat(TestImages.read(data.train(), 0, 1)).containsOnly('a' + '2');
        assertThat(packed.test().fingerprint()).isEqualTo(data.test().fingerprint());
    }

    @Test
    void an_archive_alone_in_a_folder_is_found() throws IOException {
        Path around = Files.createDirectory(folder.resolve("around"));
        TestImages.zip(around.resolve("tiny-one.zip"), listed());

        assertThat(load(around).name()).isEqualTo("tiny-one");
        assertThat(DataInfo.Kind.of(around)).isEqualTo(DataInfo.Kind.MINI_IMAGENET);
    }

    @Test
    void other_data_of_the_form_do_not_take_the_name() {
        Path path = TestImages.zip(folder.resolve("mini-imagenet.zip"), listed());

        assertThat(load(path).name()).isEqualTo("mini-imagenet-like");
        assertThat(notes).singleElement().asString().contains("1 of 2, 1 of 2 and 1 of 2: results are called");
    }

    @Test
    void missing_images_are_counted_and_one_is_named() {
        Map<String, byte[]> files = listed();
        files.remove("images/b2.png");

        assertThatThrownBy(() -> load(unpacked(files)))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("lacks 1 of the 6 images that its lists name, such as b2.png");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a1.png,n01855672|in a second split",
                "nothing|must have lines \"filename,label\" or \"class/filename\", got \"nothing\"",
                ",n01532829|must have lines"
            })
    void a_wrong_list_is_named(String line, String words) {
        Map<String, byte[]> files = listed();
        files.put("test.csv", text(line + "\n"));
        assertThatThrownBy(() -> load(unpacked(files)))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("test.csv")
                .hasMessageContaining(words);
    }

    @Test
    void two_images_of_one_name_are_refused() {
        Map<String, byte[]> files = listed();
        files.put("more/a1.png", TestImages.flat(0));
        assertThatThrownBy(() -> load(unpacked(files)))
                .hasMessageContaining(
                        "train.csv names a1.png, which several folders have, such as more: name it with its folder");
    }

    @Test
    void class_folders_are_divided_as_they_say_or_by_the_shipped_list() {
        Map<String, byte[]> said = new LinkedHashMap<>();
        Map<String, byte[]> listed = new LinkedHashMap<>();
        for (String name : List.of("train/n01532829", "val/n01855672", "test/n01930112")) {
            said.put(name + "/1.png", TestImages.flat(1));
            listed.put(name.substring(name.indexOf('/') + 1) + "/1.png", TestImages.flat(1));
        }
        SplitDataset one = load(TestImages.zip(folder.resolve("said.zip"), said));
        SplitDataset other = load(TestImages.zip(folder.resolve("listed.zip"), listed));

        assertThat(classes(one.validation())).containsExactly("n01855672 1");
        assertThat(other.validation().fingerprint()).isEqualTo(one.validation().fingerprint());
        assertThat(other.test().fingerprint()).isEqualTo(one.test().fingerprint());
    }

    @Test
    void images_of_one_name_in_two_folders_are_told_apart_by_their_paths() {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : List.of("n01532829", "n01855672", "n01930112")) {
            files.put("images/" + name + "/1.png", TestImages.flat(name.charAt(8)));
            files.put("images/" + name + "/2.png", TestImages.flat(name.charAt(7)));
        }
        files.put(
                "train.csv",
                text("\uFEFFFilename,Label\r\nn01532829\\1.png,n01532829\r\nn01532829\\2.png,n01532829\r\n"));
        files.put("test.csv", text("n01930112/1.png\nn01930112/2.png\n"));
        SplitDataset data = load(unpacked(files));
        assertThat(data.train().imageCount(0)).isEqualTo(2);
        assertThat(TestImages.read(data.train(), 0, 0)).containsOnly('9');
        assertThat(data.validation().classCount()).isZero();
        assertThat(data.test().className(0)).isEqualTo("n01930112");
        files.put("train.csv", text("n01532829/1.png,n01532829\nimages/n01532829/1.png,n01532829\n"));
        assertThatThrownBy(() -> load(unpacked(files)))
                .hasMessageContaining("names images/n01532829/1.png, which is listed already");
    }

    @Test
    void a_class_folder_that_the_shipped_list_does_not_know_is_named() {
        Map<String, byte[]> files = Map.of("cats/1.png", TestImages.flat(1));
        assertThatThrownBy(() -> load(unpacked(files)))
                .hasMessageContaining("cats, which is no class of Mini-ImageNet");
    }

    @Test
    void nothing_of_the_kind_is_told_with_the_ways_out() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> load(empty)).hasMessageContaining("is not in " + empty + ": it must hold train.csv");
        assertThatThrownBy(() -> load(folder.resolve("absent"))).hasMessageContaining("does not exist");
    }

    /**
     * {@code {'image_data': [2, 4, 4, 3] of numbers from first, 'class_dict': {name: [1, 0]}}} as Python 2 writes it.
     */
    private static byte[] cache(String name, int first) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(latin("\u0080\u0002}(U\nimage_data" + array("K\u0002K\u0004K\u0004K\u0003", first)
                + "U\nclass_dict}U" + (char) name.length() + name + "](K\u0001K\u0000esu."));
        return out.toByteArray();
    }

    private static String array(String shape, int first) {
        StringBuilder pixels = new StringBuilder();
        IntStream.range(0, 96).forEach(i -> pixels.append((char) ((first + i) % 256)));
        return "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\u0000\u0085U\u0001btR(K\u0001(" + shape
                + "tcnumpy\ndtype\n(U\u0002u1K\u0000K\u0001tR(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff"
                + "\u00ff\u00ffK\u0000tb\u0089T`\u0000\u0000\u0000" + pixels + "tb";
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path pickles() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("mini-imagenet-cache-train.pkl", cache("n01532829", 0));
        files.put("mini-imagenet-cache-val.pkl", cache("n01855672", 50));
        files.put("mini-imagenet-cache-test.pkl", cache("n01930112", 150));
        return unpacked(files);
    }

    @Test
    void pickles_are_read() {
        SplitDataset data = load(pickles());

        assertThat(classes(data.train())).containsExactly("n01532829 2");
        assertThat(data.test().imageName(0, 1)).isEqualTo("n0193011200000001");
        assertThat(TestImages.read(data.test(), 0, 1)).startsWith(150 + 48, 150 + 49);
        assertThat(DataInfo.Kind.of(pickles())).isEqualTo(DataInfo.Kind.MINI_IMAGENET);
    }

    @Test
    void pickles_with_labels_and_channels_first_are_read() {
        byte[] pickle = latin("\u0080\u0002}(U\u0004data" + array("K\u0002K\u0003K\u0004K\u0004", 0)
                + "U\u0006labels](K\u0007K\u0008eU" + (char) 13 + "catname2label}U\u0009n01532829K\u0007su.");
        Path path = pickles();
        TestImages.write(path.resolve("mini-imagenet-cache-train.pkl"), pickle);

        SplitDataset data = load(path);

        assertThat(classes(data.train())).containsExactly("class008 1", "n01532829 1");
        assertThat(TestImages.read(data.train(), 1, 0)).startsWith(0, 16, 32, 1, 17, 33);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "].|must hold a dictionary",
                "}.|has no image_data or data",
                "}(U\u0004dataNU\u0006labels]u.|array of unsigned bytes [count, height, width, 3], got Nothing"
            })
    void a_pickle_of_something_else_is_named(String operations, String words) {
        Path path = pickles();
        TestImages.write(path.resolve("mini-imagenet-cache-test.pkl"), latin("\u0080\u0002" + operations));
        assertThatThrownBy(() -> load(path))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("mini-imagenet-cache-test.pkl")
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(K\u0002e", "(U\u0001ae"})
    void an_image_that_is_not_there_is_named(String members) {
        Path path = pickles();
        TestImages.write(
                path.resolve("mini-imagenet-cache-test.pkl"),
                latin("\u0080\u0002}(U\nimage_data" + array("K\u0002K\u0004K\u0004K\u0003", 0)
                        + "U\nclass_dict}U\u0001x]" + members + "su."));
        assertThatThrownBy(() -> load(path))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("image");
    }

    @Test
    void a_class_in_two_pickles_is_refused() {
        Path path = pickles();
        TestImages.write(path.resolve("mini-imagenet-cache-test.pkl"), cache("n01532829", 9));
        assertThatThrownBy(() -> load(path)).hasMessageContaining("n01532829, which another split has");
    }

    @Test
    void pickles_in_an_archive_are_to_be_unpacked() {
        Path zip = TestImages.zip(
                folder.resolve("p.zip"),
                Map.of("mini-imagenet-cache-train.pkl", new byte[1], "mini-imagenet-cache-test.pkl", new byte[1]));
        assertThatThrownBy(() -> load(zip)).hasMessageContaining("unpack it and name the folder");
    }

    @Test
    void the_image_size_has_bounds() {
        assertThatThrownBy(() -> new MiniImageNetSettings(0)).hasMessageContaining("1 to 1024, got 0");
        assertThatThrownBy(() -> new MiniImageNetSettings(1025)).hasMessageContaining("got 1025");
    }

    @Test
    void the_shipped_split_is_the_published_one() throws IOException {
        Path list = SHARED.resolve("splits/miniimagenet-ravi.csv");
        assumeTrue(Files.exists(list), "absent: " + list);
        assertThat(MiniImageNet.split()).isEqualTo(SplitLists.read(list)).hasSize(100);
    }

    @Test
    void tiny_miniimagenet_is_read_under_its_own_name() {
        Path tiny = SHARED.resolve("tiny-miniimagenet");
        assumeTrue(Files.exists(tiny), "absent: " + tiny);
        SplitDataset data = load(tiny);

        assertThat(data.name()).isEqualTo("tiny-miniimagenet");
        assertThat(ImageCounts.of(data.train())).isEqualTo(new ImageCounts(64, 9600, 150, 150));
        assertThat(ImageCounts.of(data.validation())).isEqualTo(new ImageCounts(16, 2400, 150, 150));
        assertThat(ImageCounts.of(data.test())).isEqualTo(new ImageCounts(20, 3000, 150, 150));
    }
}
