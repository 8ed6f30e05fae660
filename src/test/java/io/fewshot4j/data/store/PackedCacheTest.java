package io.fewshot4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.folder.ClassFolders;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.source.ImageSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedCacheTest {
    private static final ImageDecoder DECODER =
            new ImageDecoder(new ImageShape(4, 4, 1), Resize.SMOOTH, Fit.SQUASH, false);
    private static final int CLASSES = 30;
    private static final int IMAGES = 20;

    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();
    private final DecodeProgress progress = new DecodeProgress() {
        @Override
        public void decoded(int done, int total) {
            heard.add(done + "/" + total);
        }

        @Override
        public void note(String message) {
            heard.add(message);
        }
    };

    @BeforeEach
    void draw() {
        zip(new LinkedHashMap<>());
    }

    private void zip(Map<String, byte[]> entries) {
        for (int c = 0; c < CLASSES; c++) {
            byte[] image = TestImages.flat(c);
            for (int i = 0; i < IMAGES; i++) {
                entries.putIfAbsent("class" + c + "/" + i + ".png", image);
            }
        }
        TestImages.zip(folder.resolve("images.zip"), entries);
    }

    private ImageDataset load() {
        return load(folder, progress);
    }

    private static ImageDataset load(Path folder, DecodeProgress progress) {
        try (ImageSource source = ImageSource.open(folder.resolve("images.zip"))) {
            ImageListing listing = new ImageListing(
                    "small", source.stamps(), ClassFolders.undivided(source, 1).images());
            return new PackedCache(folder.resolve("cache")).load(listing, DECODER, progress);
        }
    }

    private List<Path> inCache(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static void assertWhole(ImageDataset data) {
        assertThat(data.classCount()).isEqualTo(CLASSES);
        for (int c = 0; c < CLASSES; c++) {
            int grey = Integer.parseInt(data.className(c).substring("class".length()));
            assertThat(data.imageCount(c)).isEqualTo(IMAGES);
            assertThat(TestImages.read(data, c, IMAGES - 1)).containsOnly(grey);
        }
    }

    @Test
    void images_are_decoded_once_and_then_mapped() throws IOException {
        ImageDataset first = load();
        assertThat(heard).containsExactly("512/600", "600/600");
        heard.clear();
        ImageDataset second = load();
        assertThat(heard).isEmpty();
        assertWhole(first);
        assertWhole(second);
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.imageName(0, 1)).isEqualTo("class0/1.png");
        assertThat(inCache(".tmp")).isEmpty();
    }

    @Test
    void a_changed_source_is_decoded_again() throws IOException {
        load();
        heard.clear();
        Files.setLastModifiedTime(folder.resolve("images.zip"), FileTime.fromMillis(1));
        assertWhole(load());
        assertThat(heard).containsExactly("512/600", "600/600");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 13, 20, 23, 30, 64, 5000, -1})
    void a_changed_byte_is_found_wherever_it_is(int at) throws IOException {
        load();
        heard.clear();
        Path pack = inCache(".pack").get(0);
        byte[] bytes = Files.readAllBytes(pack);
        bytes[at < 0 ? bytes.length - 1 : at] ^= 4;
        Files.write(pack, bytes);
        assertWhole(load());
        assertThat(heard).hasSize(3);
        assertThat(heard.get(0)).startsWith("the packed images " + pack + " are not used, it");
    }

    /**
     * Bytes of the index: the first class's name is longer than the file, no UTF-8, its digest no hex; there are more
     * classes.
     */
    @ParameterizedTest
    @CsvSource({"16, 127", "18, -1", "26, 120", "15, 127"})
    void an_index_that_somebody_forged_is_not_used(int at, byte value) throws IOException {
        load();
        heard.clear();
        Path pack = inCache(".pack").get(0);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(pack));
        bytes.put((int) bytes.getLong(16) + at, value);
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(64, bytes.limit() - 64));
        crc.update(bytes.slice(16, Long.BYTES));
        bytes.putInt(12, (int) crc.getValue());
        Files.write(pack, bytes.array());

        assertWhole(load());
        assertThat(heard.get(0)).endsWith("are not used, its index is damaged; decoding again");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 64, 4000, 9700})
    void a_truncated_file_is_made_again(int length) throws IOException {
        load();
        heard.clear();
        try (RandomAccessFile pack =
                new RandomAccessFile(inCache(".pack").get(0).toFile(), "rw")) {
            pack.setLength(length);
        }
        assertWhole(load());
        assertThat(heard).hasSize(3);
    }

    @Test
    void a_foreign_file_is_made_again() throws IOException {
        load();
        heard.clear();
        Files.writeString(inCache(".pack").get(0), "not this ".repeat(100), StandardCharsets.UTF_8);
        assertWhole(load());
        assertThat(heard.get(0)).contains("it is not a file of packed images");
    }

    @Test
    void a_process_killed_in_writing_leaves_nothing_that_is_read() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(writer.getInputStream().read()).isEqualTo('w');
        writer.destroyForcibly().waitFor();
        assertThat(inCache(".pack")).isEmpty();
        assertThat(inCache(".tmp")).hasSize(1);
        assertThat(Files.size(inCache(".tmp").get(0))).isGreaterThan(8192);
        assertWhole(load());
        assertThat(heard).containsExactly("512/600", "600/600");
        assertThat(inCache(".tmp")).isEmpty();
    }

    /** Says when 512 of 600 images are written, and waits to be killed. */
    static final class Killed {
        public static void main(String[] args) {
            load(Path.of(args[0]), (done, total) -> {
                System.out.print('w');
                System.out.flush();
                try {
                    System.in.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void a_half_written_file_under_the_final_name_is_not_used() throws IOException {
        load();
        heard.clear();
        try (RandomAccessFile pack =
                new RandomAccessFile(inCache(".pack").get(0).toFile(), "rw")) {
            pack.write(new byte[64]);
        }
        assertWhole(load());
        assertThat(heard.get(0)).contains("it is not a file of packed images");
    }

    @Test
    void a_bad_image_is_named_and_nothing_is_left() throws IOException {
        zip(new LinkedHashMap<>(Map.of("class7/3.png", new byte[0])));
        assertThatThrownBy(this::load)
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(folder.resolve("images.zip") + "!/class7/3.png is empty");
        assertThat(inCache(".pack")).isEmpty();
        assertThat(inCache(".tmp")).isEmpty();
    }

    @Test
    void a_cache_folder_that_cannot_be_written_is_named_with_the_way_out() {
        TestImages.write(folder.resolve("cache"), new byte[1]);
        assertThatThrownBy(this::load)
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cannot keep packed images in " + folder.resolve("cache"))
                .hasMessageEndingWith("free space there or choose another cache folder");
    }

    @Test
    void a_full_disk_is_named_with_the_way_out() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "absent: /dev/full");
        load();
        Path pack = inCache(".pack").get(0);
        Files.delete(pack);
        Files.createSymbolicLink(Path.of(pack + ".tmp"), Path.of("/dev/full"));
        assertThatThrownBy(this::load)
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageEndingWith("free space there or choose another cache folder");
        assertThat(Files.exists(pack, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void an_image_beyond_its_class_is_refused() {
        ImageDataset data = load();
        assertThatThrownBy(() -> data.read(0, IMAGES, new byte[16], 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("class class0 has 20 images, asked for number 20");
    }

    @Test
    void decoded_images_are_packed_for_other_machines_in_their_own_order() {
        ImageDataset drawn =
                Glyphs.draw(new GlyphsSettings(12, 0, 2, 3, 8, 1, 1)).train();
        PackedCache cache = new PackedCache(folder.resolve("kept"));

        Path file = cache.keep(drawn);
        ImageDataset there = PackedCache.open(file, drawn.fingerprint());

        assertThat(there.fingerprint()).isEqualTo(drawn.fingerprint());
        assertThat(there.className(11)).isEqualTo(drawn.className(11));
        assertThat(cache.keep(there)).isEqualTo(file);
    }

    @Test
    void packed_images_of_others_and_none_are_told_apart_from_those_wanted() {
        ImageDataset drawn =
                Glyphs.draw(new GlyphsSettings(3, 0, 2, 3, 8, 1, 1)).train();
        Path file = new PackedCache(folder.resolve("kept")).keep(drawn);
        String other = "0".repeat(64);

        assertThatThrownBy(() -> PackedCache.open(file, other))
                .isInstanceOf(FewShotException.class)
                .hasMessage("the packed images " + file + " cannot be used: it was packed from other data");
        assertThatThrownBy(() -> PackedCache.open(folder.resolve("none.pack"), other))
                .isInstanceOf(FewShotException.class)
                .hasMessage("there is no file of packed images " + folder.resolve("none.pack"));
    }
}
