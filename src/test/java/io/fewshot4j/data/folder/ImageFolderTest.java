package io.fewshot4j.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageCounts;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.info.DataInfo;
import io.fewshot4j.data.store.PackedCache;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.datavec.api.io.labels.ParentPathLabelGenerator;
import org.datavec.api.io.labels.PathLabelGenerator;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
    private static final ImageFolderSettings SMALL =
            new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0.2, 0.2, 1, "", 1, 0);

    @TempDir
    Path folder;

    private Path root() {
        return folder.resolve("data");
    }

    private void draw(String... paths) {
        for (int i = 0; i < paths.length; i++) {
            TestImages.write(root().resolve(paths[i]), TestImages.flat(i));
        }
    }

    private SplitDataset load() {
        return load(root(), SMALL);
    }

    private SplitDataset load(Path path, ImageFolderSettings settings) {
        return ImageFolder.load(path, settings, new PackedCache(folder.resolve("cache")), DecodeProgress.silent());
    }

    private static List<String> classes(ImageDataset data) {
        return IntStream.range(0, data.classCount()).mapToObj(data::className).toList();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::load).isInstanceOf(FewShotException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "valid", "validation"})
    void split_folders_are_taken_as_they_are(String validation) {
        draw("train/cat/1.png", "train/cat/2.png", "train/dog/1.png", validation + "/cow/1.png", "test/hen/1.png");
        SplitDataset data = load();
        assertThat(data.name()).isEqualTo("data");
        assertThat(classes(data.train())).containsExactly("cat", "dog");
        assertThat(classes(data.validation())).containsExactly("cow");
        assertThat(classes(data.test())).containsExactly("hen");
        assertThat(data.train().imageCount(0)).isEqualTo(2);
        assertThat(TestImages.read(data.train(), 0, 1)).containsOnly(1);
        assertThat(data.test().imageName(0, 0)).isEqualTo("test/hen/1.png");
    }

    @Test
    void validation_may_be_absent_and_a_folder_may_be_around_it_all() {
        draw("all/of/train/cat/1.png", "all/of/test/hen/1.png", "all/of/test/train/1.png");
        SplitDataset data = load();
        assertThat(classes(data.train())).containsExactly("cat");
        assertThat(data.validation().classCount()).isZero();
        assertThat(classes(data.test())).containsExactly("hen", "train");
    }

    private void drawTen() {
        draw(IntStream.range(0, 10).mapToObj(i -> "class" + i + "/1.png").toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0.3, 5, 2, 3", "0, 4, 6, 0, 4", "1, 0.01, 9, 1, 0"})
    void plain_class_folders_are_divided_by_share_or_number(
            double validation, double test, int trains, int validates, int tests) {
        drawTen();
        SplitDataset data =
                load(root(), new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, validation, test, 1, "", 1, 0));
        assertThat(data.train().classCount()).isEqualTo(trains);
        assertThat(data.validation().classCount()).isEqualTo(validates);
        assertThat(data.test().classCount()).isEqualTo(tests);
        List<String> all = new ArrayList<>(classes(data.train()));
        all.addAll(classes(data.validation()));
        all.addAll(classes(data.test()));
        assertThat(all).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void a_seed_gives_the_same_classes_on_every_machine() {
        drawTen();
        assertThat(classes(load().test())).containsExactly("class6", "class9");
        assertThat(classes(load(root(), new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0.2, 0.2, 2, "", 1, 0))
                        .test()))
                .containsExactly("class1", "class2");
    }

    @Test
    void training_must_keep_a_class() {
        drawTen();
        ImageFolderSettings settings = new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 5, 0.5, 1, "", 1, 0);
        assertThatThrownBy(() -> load(root(), settings))
                .isInstanceOf(FewShotException.class)
                .hasMessage("data has 10 classes, of which validation and test take 10: training must keep at least 1;"
                        + " lower validation-classes or test-classes");
    }

    @Test
    void a_zip_gives_the_same_data_as_the_folder() {
        drawTen();
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            entries.put("wrapped/class" + i + "/1.png", TestImages.flat(i));
        }
        entries.put("__MACOSX/class0/1.png", new byte[0]);
        entries.put("wrapped/class0/.hidden.png", new byte[0]);
        Path zip = TestImages.zip(folder.resolve("data.zip"), entries);
        assertThat(load(zip, SMALL).train().fingerprint())
                .isEqualTo(load().train().fingerprint());
    }

    @Test
    void a_data_vec_split_and_label_generator_give_the_same_data() {
        drawTen();
        SplitDataset data = ImageFolder.load(
                new FileSplit(root().toFile(), new String[] {"png"}),
                new ParentPathLabelGenerator(),
                SMALL,
                new PackedCache(folder.resolve("cache")),
                DecodeProgress.silent());
        assertThat(data.train().fingerprint()).isEqualTo(load().train().fingerprint());
        assertThat(data.train().imageName(0, 0)).startsWith(root().toString());
    }

    @Test
    void another_label_generator_over_the_same_files_gives_other_classes() {
        drawTen();
        PathLabelGenerator one = new ParentPathLabelGenerator() {
            private static final long serialVersionUID = 1L;

            @Override
            public Writable getLabelForPath(URI uri) {
                return new Text(super.getLabelForPath(uri).toString().equals("class0") ? "zero" : "other");
            }
        };
        ImageFolderSettings undivided = new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0, 0, 1, "", 1, 0);
        PackedCache cache = new PackedCache(folder.resolve("cache"));
        FileSplit files = new FileSplit(root().toFile());
        DecodeProgress silent = DecodeProgress.silent();
        assertThat(classes(ImageFolder.load(files, new ParentPathLabelGenerator(), undivided, cache, silent)
                        .train()))
                .hasSize(10);
        assertThat(classes(
                        ImageFolder.load(files, one, undivided, cache, silent).train()))
                .containsExactly("other", "zero");
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://cluster/cat/1.png, is not a file: locations must begin with file:",
        "file:///none/cat/1.png, /none/cat/1.png cannot be read",
        "'', lists no file",
    })
    void a_data_vec_location_that_is_no_file_is_named(String location, String message) {
        List<URI> locations = location.isEmpty() ? List.of() : List.of(URI.create(location));
        PackedCache cache = new PackedCache(folder.resolve("cache"));
        assertThatThrownBy(() -> ImageFolder.load(
                        new CollectionInputSplit(locations),
                        new ParentPathLabelGenerator(),
                        SMALL,
                        cache,
                        DecodeProgress.silent()))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining(message);
    }

    @Test
    void two_classes_of_one_name_are_refused() {
        draw("train/cat/1.png", "test/cat/1.png");
        assertRefused("are called cat: test/cat and train/cat; a class must have one folder, in one split");
    }

    @Test
    void an_image_outside_any_class_is_named() {
        draw("1.png", "cat/1.png");
        assertRefused("data/1.png is in no class: images must lie in CLASS/");
    }

    @Test
    void an_image_beside_the_splits_is_named() {
        draw("train/cat/1.png", "test/dog/1.png", "more/cow/1.png");
        assertRefused("the class more/cow in " + root() + " is in no split");
    }

    @Test
    void a_class_inside_a_class_is_refused() {
        draw("cat/1.png", "cat/more/1.png");
        assertRefused("the folder cat in " + root() + " holds images and also cat/more, which does");
    }

    @Test
    void a_folder_without_images_is_refused() {
        TestImages.write(root().resolve("cat/notes.txt"), new byte[1]);
        assertRefused("data holds no image: it must hold PNG, JPEG, BMP, GIF, WebP or TIFF files, got 1 file (1 .txt)");
    }

    @Test
    void a_path_that_does_not_exist_is_refused() {
        assertRefused("data does not exist: give a folder or a zip archive of images");
    }

    @Test
    void a_loop_of_links_is_named() throws IOException {
        draw("cat/1.png");
        Files.createSymbolicLink(root().resolve("cat/loop"), root());
        assertRefused("cat/loop is a symbolic link to a folder that it lies in: remove the link");
    }

    @Test
    void a_link_to_nothing_is_named() throws IOException {
        draw("cat/1.png");
        Files.createSymbolicLink(root().resolve("cat/2.png"), root().resolve("gone.png"));
        assertRefused("cat/2.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../cat/1.png", "cat/../../1.png", "/cat/1.png", "C:/cat/1.png", "..\\cat\\1.png"})
    void a_path_outside_the_zip_is_refused(String entry) {
        Path zip = TestImages.zip(folder.resolve("x.zip"), Map.of(entry, TestImages.flat(1)));
        assertThatThrownBy(() -> load(zip, SMALL))
                .isInstanceOf(FewShotException.class)
                .hasMessage(zip + "!/" + entry
                        + " is a path outside the archive's folder: do not use this archive, pack it again");
    }

    @Test
    void a_zip_that_is_no_zip_is_refused() {
        Path zip = TestImages.write(folder.resolve("x.zip"), "not a zip".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> load(zip, SMALL))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(zip + " is not a zip archive, or a damaged one (");
    }

    @Test
    void a_zip_with_one_name_twice_is_refused() throws IOException {
        Path zip = TestImages.zip(
                folder.resolve("x.zip"), Map.of("cat/1.png", TestImages.flat(1), "cat/2.png", TestImages.flat(2)));
        byte[] bytes = Files.readAllBytes(zip);
        for (int i = 0; i < bytes.length - 9; i++) {
            if (new String(bytes, i, 9, StandardCharsets.ISO_8859_1).equals("cat/2.png")) {
                bytes[i + 4] = '1';
            }
        }
        Files.write(zip, bytes);
        assertThatThrownBy(() -> load(zip, SMALL))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("cat/1.png is there twice");
    }

    @Test
    void what_is_known_of_a_folder_comes_with_warnings() {
        draw("train/cat/1.png", "train/dog/1.png", "train/dog/2.png", "test/hen/1.png", "test/hen/2.png");
        TestImages.write(root().resolve("train/cat/notes.txt"), new byte[1]);
        DataInfo info = DataInfo.of(root(), new PackedCache(folder.resolve("cache")), DecodeProgress.silent());
        assertThat(info.kind()).isEqualTo(DataInfo.Kind.IMAGE_FOLDER);
        assertThat(info.shape()).isEqualTo(new ImageShape(84, 84, 3));
        assertThat(info.parts().get(0).counts()).isEqualTo(new ImageCounts(2, 3, 1, 2));
        assertThat(info.parts().get(1).counts()).isEqualTo(new ImageCounts(0, 0, 0, 0));
        assertThat(info.parts().get(2).fingerprint()).matches("[0-9a-f]{64}");
        assertThat(info.warnings())
                .containsExactly(
                        root()
                                + ": left out 1 file (1 .txt) that are no PNG, JPEG, BMP, GIF, WebP or TIFF by name, such as"
                                + " train/cat/notes.txt",
                        "class cat has 1 image: an episode needs one for support and one as query",
                        "VALIDATION has 0 classes: episodes need at least 2",
                        "TEST has 1 classes: episodes need at least 2");
    }

    @Test
    void a_class_with_too_few_images_is_named_with_the_need() {
        draw("train/cat/1.png", "train/dog/1.png", "train/dog/2.png", "test/hen/1.png");
        ImageDataset train = load().train();
        ImageCounts.requireImages(train, 1, "anything");
        assertThatThrownBy(() -> ImageCounts.requireImages(train, 2, "2-way 1-shot with 1 query"))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "class cat has too few images: 2-way 1-shot with 1 query needs at least 2 of each class, got"
                                + " 1 (1 of 2 classes have too few); add images, remove the class, or ask for fewer");
    }

    @Test
    void a_support_folder_may_have_unequal_counts() {
        draw("cat/1.png", "dog/1.png", "dog/2.png");
        ImageDataset support = ImageFolder.read(root(), SMALL.decoder(), DecodeProgress.silent());
        assertThat(classes(support)).containsExactly("cat", "dog");
        assertThat(support.imageCount(0)).isEqualTo(1);
        assertThat(support.imageCount(1)).isEqualTo(2);
        assertThat(TestImages.read(support, 1, 1)).containsOnly(2);
    }
}
