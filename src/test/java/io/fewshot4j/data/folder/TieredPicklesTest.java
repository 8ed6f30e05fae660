package io.fewshot4j.data.folder;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.store.PackedCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * tieredImageNet's form: image k of all, from 1, has the colour (k, 100 + k, 200 + k); written by CPython and NumPy.
 */
class TieredPicklesTest {
    private static final ImageFolderSettings SETTINGS =
            new ImageFolderSettings(2, 2, 3, Fit.SQUASH, false, 0, 0, 1, "", 1, 0);

    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws IOException {
        for (String split : List.of("train", "val", "test")) {
            for (String file : List.of(split + "_images_png.pkl", split + "_labels.pkl")) {
                try (InputStream in = TieredPicklesTest.class.getResourceAsStream("tiered/" + file)) {
                    Files.copy(Objects.requireNonNull(in), folder.resolve(file));
                }
            }
        }
    }

    private SplitDataset load() {
        return ImageFolder.load(folder, SETTINGS, new PackedCache(folder.resolve("cache")), DecodeProgress.silent());
    }

    private static List<String> classes(ImageDataset part) {
        return IntStream.range(0, part.classCount())
                .mapToObj(c -> part.className(c) + " x" + part.imageCount(c))
                .toList();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::load).isInstanceOf(FewShotException.class).hasMessage(folder + "/" + message);
    }

    @Test
    void each_pair_of_pickles_is_a_split_and_synsets_of_one_name_are_two_classes() {
        SplitDataset data = load();

        assertThat(classes(data.train())).containsExactly("crane train000 x2", "crane train001 x1", "loon train002 x1");
        assertThat(classes(data.validation())).containsExactly("otter val000 x1", "panda val001 x1");
        assertThat(classes(data.test())).containsExactly("crane test000 x1");
    }

    @Test
    void images_are_the_pixels_of_their_png_files() {
        SplitDataset data = load();

        assertThat(TestImages.read(data.train(), 0, 1)).startsWith(2, 102, (byte) 202);
        assertThat(TestImages.read(data.test(), 0, 0)).startsWith(7, 107, (byte) 207);
    }

    @Test
    void pickles_that_do_not_belong_together_are_refused() throws IOException {
        Files.copy(folder.resolve("test_labels.pkl"), folder.resolve("val_labels.pkl"), REPLACE_EXISTING);
        assertRefused(
                "val_images_png.pkl must have as many images as val_labels.pkl has labels, 1, got 2: get both again");

        Files.copy(folder.resolve("val_images_png.pkl"), folder.resolve("val_labels.pkl"), REPLACE_EXISTING);
        assertRefused(
                "val_labels.pkl must be a dictionary with the array label_specific and the list label_specific_str:"
                        + " get it again");

        Files.copy(folder.resolve("test_labels.pkl"), folder.resolve("val_images_png.pkl"), REPLACE_EXISTING);
        Files.copy(folder.resolve("test_labels.pkl"), folder.resolve("val_labels.pkl"), REPLACE_EXISTING);
        assertRefused("val_images_png.pkl must be a list of PNG files as arrays of bytes: get it again");

        Files.delete(folder.resolve("val_labels.pkl"));
        assertThatThrownBy(this::load).isInstanceOf(FewShotException.class).hasMessageContaining("val_labels.pkl");
    }
}
