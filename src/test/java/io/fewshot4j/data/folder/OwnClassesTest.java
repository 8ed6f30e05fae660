package io.fewshot4j.data.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.store.PackedCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages on a user's own classes: small ones, and images that are there twice. */
class OwnClassesTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private void draw(int grey, String path) {
        TestImages.write(folder.resolve("data").resolve(path), TestImages.flat(grey));
    }

    private List<String> classes(int skip) {
        ImageFolderSettings settings = new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0, 0, 1, "", 1, skip);
        ImageDataset data = ImageFolder.load(
                        folder.resolve("data"),
                        settings,
                        new PackedCache(folder.resolve("cache")),
                        new DecodeProgress() {
                            @Override
                            public void decoded(int done, int total) {}

                            @Override
                            public void note(String message) {
                                notes.add(message);
                            }
                        })
                .train();
        return IntStream.range(0, data.classCount())
                .mapToObj(c -> data.className(c) + " " + data.imageCount(c))
                .toList();
    }

    @Test
    void small_classes_are_left_out_and_told() {
        for (int i = 0; i < 3; i++) {
            draw(i, "cat/" + i + ".png");
            draw(10 + i, "dog/" + i + ".png");
        }
        draw(20, "emu/1.png");

        assertThat(classes(0)).containsExactlyInAnyOrder("cat 3", "dog 3", "emu 1");
        assertThat(notes).isEmpty();
        assertThat(classes(2)).containsExactlyInAnyOrder("cat 3", "dog 3");
        assertThat(notes)
                .containsExactly(
                        "left out 1 of 3 classes, which have fewer than 2 images (skip-small-classes), such as emu");
    }

    @Test
    void images_that_are_there_twice_are_told_within_a_class_and_across_classes() {
        draw(7, "cat/1.png");
        draw(7, "cat/2.png");
        draw(8, "cat/3.png");
        draw(7, "cat/4.png");
        draw(8, "dog/1.png");
        draw(9, "dog/2.png");

        assertThat(classes(0)).containsExactlyInAnyOrder("cat 4", "dog 2");
        assertThat(notes)
                .containsExactly(
                        "2 images equal one of the same class once decoded, such as cat/2.png and cat/1.png: the same picture may"
                                + " be support and query at once; keep one of them",
                        "1 image equals one of another class once decoded, such as dog/1.png and cat/3.png: one of the two"
                                + " labels is wrong; keep the right one");
    }
}
