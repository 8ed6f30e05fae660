package io.fewshot4j.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.miniimagenet.MiniImageNet;
import io.fewshot4j.data.miniimagenet.MiniImageNetSettings;
import io.fewshot4j.data.prepare.Preparation.Prepared;
import io.fewshot4j.data.store.PackedCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparationTest {
    private static final List<String> CLASSES = List.of("n00000001", "n00000002", "n00000003");

    @TempDir
    private Path folder;

    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void list() {
        list("train", CLASSES.get(0));
        list("val", CLASSES.get(1));
        list("test", CLASSES.get(2));
    }

    /** The third and the first image. */
    private void list(String split, String name) {
        String text = "filename,label\n" + name + "00000003.jpg," + name + "\n" + name + "00000001.jpg," + name + "\n";
        TestImages.write(folder.resolve("lists").resolve(split + ".csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Files of a class numbered 2, 10, 30 and 400 (in the order of names: 10, 2, 30, 400), each of one grey. */
    private static Map<String, byte[]> images(String name) {
        Map<String, byte[]> images = new LinkedHashMap<>();
        int grey = 10 * CLASSES.indexOf(name);
        for (int number : new int[] {400, 30, 10, 2}) {
            images.put(name + "_" + number + ".JPEG", TestImages.flat(grey++));
        }
        return images;
    }

    private static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                out.putArchiveEntry(entry);
                out.write(file.getValue());
                out.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Path folders() {
        Path source = folder.resolve("folders");
        CLASSES.forEach(name -> images(name)
                .forEach((file, bytes) -> TestImages.write(source.resolve(name).resolve(file), bytes)));
        return source;
    }

    private Path archives() {
        Path source = folder.resolve("archives");
        CLASSES.forEach(name -> TestImages.write(source.resolve(name + ".tar"), tar(images(name))));
        return source;
    }

    private Path archive() {
        Map<String, byte[]> inner = new LinkedHashMap<>();
        CLASSES.forEach(name -> inner.put(name + ".tar", tar(images(name))));
        TestImages.write(folder.resolve("whole").resolve("ILSVRC2012_img_train.tar"), tar(inner));
        return folder.resolve("whole");
    }

    private List<Prepared> prepare(Path source, Path target) {
        return Preparation.run(
                source, Optional.of(folder.resolve("lists")), target, (done, total) -> heard.add(done + "/" + total));
    }

    private SplitDataset load(Path target) {
        return MiniImageNet.load(
                target,
                MiniImageNetSettings.defaults(),
                new PackedCache(folder.resolve("cache")),
                DecodeProgress.silent());
    }

    @Test
    void folders_archives_and_the_archive_of_archives_give_the_same() {
        List<Prepared> expected = prepare(folders(), folder.resolve("a"));

        assertThat(prepare(archives(), folder.resolve("b"))).isEqualTo(expected);
        assertThat(prepare(archive(), folder.resolve("c"))).isEqualTo(expected);
        assertThat(expected).extracting(Prepared::images).containsExactly(2, 2, 2);
        assertThat(expected).extracting(Prepared::split).containsExactly(Split.TRAIN, Split.VALIDATION, Split.TEST);
        assertThat(heard).contains("6/6");
    }

    @Test
    void a_list_names_images_by_their_place_in_the_order_of_numbers() {
        prepare(folders(), folder.resolve("a"));
        SplitDataset data = load(folder.resolve("a"));

        assertThat(data.test().imageName(0, 0)).isEqualTo("n00000003_2.JPEG");
        assertThat(data.test().imageName(0, 1)).isEqualTo("n00000003_30.JPEG");
        assertThat(TestImages.read(data.test(), 0, 1)).hasSize(84 * 84 * 3).containsOnly(21);
        assertThat(data.name()).isEqualTo("a");
        assertThat(data.train().className(0)).isEqualTo("n00000001");
        assertThat(Fingerprint.ofClass(data.train(), 0)).hasSize(64);
    }

    @Test
    void without_lists_the_first_are_taken() {
        PreparationList list = new PreparationList(Map.of("n00000001", Split.TRAIN), Map.of(), 2);
        List<String> names = new ArrayList<>(images("n00000001").keySet());
        names.add("readme.txt");

        assertThat(list.choose("n00000001", names)).containsExactlyInAnyOrder("n00000001_2.JPEG", "n00000001_10.JPEG");
        assertThat(PreparationList.shipped().count()).isEqualTo(600);
        assertThatThrownBy(() -> PreparationList.shipped().choose("n00000001", names))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("must have at least 600 images called n00000001_NUMBER.JPEG, got 4");
    }

    @Test
    void a_run_goes_on_where_one_was_ended() throws IOException {
        Path target = folder.resolve("a");
        List<Prepared> whole = prepare(folders(), target);
        Path kept = target.resolve("n00000001.pack");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(0));
        Files.delete(target.resolve("n00000002.pack"));
        Files.write(target.resolve("n00000002.pack.tmp"), new byte[100]);
        byte[] damaged = Files.readAllBytes(target.resolve("n00000003.pack"));
        Files.write(target.resolve("n00000003.pack"), Arrays.copyOf(damaged, damaged.length - 1));
        assertThatThrownBy(() -> load(target)).hasMessageContaining("1 of its 3 classes are missing");

        assertThat(prepare(folders(), target)).isEqualTo(whole);
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(FileTime.fromMillis(0));
        try (var files = Files.list(target)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("classes.csv", "n00000001.pack", "n00000002.pack", "n00000003.pack");
        }
    }

    @Test
    void an_unreadable_image_is_named_and_tried_again() {
        Path source = folders();
        Path broken = source.resolve("n00000002/n00000002_30.JPEG");
        TestImages.write(broken, new byte[] {1, 2, 3});

        List<Prepared> first = prepare(source, folder.resolve("a"));
        TestImages.write(broken, TestImages.flat(11));
        List<Prepared> second = prepare(source, folder.resolve("a"));

        assertThat(first.get(1).images()).isEqualTo(1);
        assertThat(first.get(1).unreadable()).singleElement().asString().contains(broken + " is not a PNG");
        assertThat(second.get(1).images()).isEqualTo(2);
        assertThat(second.get(1).unreadable()).isEmpty();
    }

    @Test
    void a_damaged_class_is_named_when_it_is_read() throws IOException {
        Path target = folder.resolve("a");
        prepare(folders(), target);
        Files.write(target.resolve("n00000003.pack"), new byte[10]);

        assertThatThrownBy(() -> load(target))
                .hasMessageContaining("n00000003.pack is damaged: run the same data prepare");
    }

    @Test
    void another_image_size_is_refused() {
        prepare(folders(), folder.resolve("a"));
        assertThatThrownBy(() -> MiniImageNet.load(
                        folder.resolve("a"),
                        new MiniImageNetSettings(28),
                        new PackedCache(folder),
                        DecodeProgress.silent()))
                .hasMessageContaining("image-size must be 84, got 28");
    }

    @Test
    void missing_classes_are_counted_before_any_work() throws IOException {
        Path source = archives();
        Files.delete(source.resolve("n00000002.tar"));

        assertThatThrownBy(() -> prepare(source, folder.resolve("a")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("lacks 1 of the 3 classes, such as n00000002");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void damaged_and_absent_archives_are_named() {
        Path cut = folder.resolve("cut");
        CLASSES.forEach(name -> TestImages.write(cut.resolve(name + ".tar"), Arrays.copyOf(tar(images(name)), 600)));
        TestImages.write(
                folder.resolve("no.tar"), "no archive at all".repeat(100).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> prepare(cut, folder.resolve("a")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("n00000001.tar is no tar archive, or a damaged one");
        assertThatThrownBy(() -> prepare(folder.resolve("no.tar"), folder.resolve("a")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("no.tar is no tar archive");
        assertThatThrownBy(() -> prepare(folder.resolve("nowhere"), folder.resolve("a")))
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @CsvSource({"n00000001x0000003.jpg", "n0000000200000003.jpg", "n0000000100000000.jpg"})
    void a_list_of_other_names_is_refused(String file) {
        TestImages.write(folder.resolve("lists/train.csv"), (file + ",n00000001\n").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> prepare(folders(), folder.resolve("a")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("must name images by class and place from 1");
    }
}
