package io.fewshot4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.folder.ImageFolderSettings;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.store.PackedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownClassesTest {
    @TempDir
    private Path folder;

    private KnownClasses known = new KnownClasses(List.of());

    /** Ten classes, of which the seed takes 6 and 9 for the test and two for validation. */
    @BeforeEach
    void trainOnTen() {
        for (int c = 0; c < 10; c++) {
            draw("data", "class" + c, 10 * c);
        }
        known = KnownClasses.parse("x", KnownClasses.of(load("data")).text());
    }

    private void draw(String data, String name, int grey) {
        for (int i = 0; i < 3; i++) {
            TestImages.write(folder.resolve(data).resolve(name).resolve(i + ".png"), TestImages.flat(grey + i));
        }
    }

    private SplitDataset load(String data) {
        ImageFolderSettings settings = new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0.2, 0.2, 1, "", 1, 0);
        return ImageFolder.load(
                folder.resolve(data), settings, new PackedCache(folder.resolve("cache")), DecodeProgress.silent());
    }

    private static String classes(ImageDataset data) {
        return IntStream.range(0, data.classCount())
                .mapToObj(data::className)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private KnownClasses.Part test(String data) {
        return known.part(load(data), Split.TEST);
    }

    @Test
    void the_run_s_own_data_keep_their_division() {
        assertThat(classes(test("data").images())).isEqualTo("class6 class9");
        assertThat(test("data").description()).isEqualTo("test, 2 classes as the run divided them");
        assertThat(test("data").notes()).isEmpty();
    }

    @Test
    void one_class_more_does_not_divide_them_anew() {
        draw("data", "more", 200);
        assertThat(classes(load("data").test())).isNotEqualTo("class6 class9");
        assertThat(classes(test("data").images())).isEqualTo("class6 class9 more");
        assertThat(test("data").notes())
                .containsExactly("of the 3 classes 1 are new since training; they are tested, too");
        assertThat(classes(known.part(load("data"), Split.VALIDATION).images()))
                .isEqualTo(classes(known.part(load("data"), Split.VALIDATION).images()))
                .doesNotContain("more", "class6", "class9");
    }

    @Test
    void a_trained_class_is_known_under_another_name_and_with_another_image() throws IOException {
        String trained = load("data").train().className(0);
        String other = load("data").train().className(1);
        Files.move(folder.resolve("data").resolve(trained), folder.resolve("data/renamed"));
        TestImages.write(folder.resolve("data").resolve(other).resolve("0a.png"), TestImages.flat(251));
        assertThat(classes(test("data").images())).isEqualTo("class6 class9");
    }

    @Test
    void a_class_of_the_test_that_is_gone_is_told() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.delete(folder.resolve("data/class9/" + i + ".png"));
        }
        Files.delete(folder.resolve("data/class9"));
        assertThat(classes(test("data").images())).isEqualTo("class6");
        assertThat(test("data").notes()).containsExactly("1 of the run's classes for test are no longer there");
    }

    @Test
    void all_classes_of_other_data_are_tested() {
        draw("other", "class0", 101);
        draw("other", "hen", 111);
        draw("other", "cow", 121);
        draw("other", "dog", 131);
        draw("other", "cat", 141);
        assertThat(classes(test("other").images())).isEqualTo("cat class0 cow dog hen");
        assertThat(test("other").description()).isEqualTo("all 5 classes of other data than the run's");
    }

    @Test
    void other_data_that_folders_divide_are_tested_as_they_say() {
        draw("other/train", "hen", 101);
        draw("other/test", "cow", 111);
        assertThat(classes(test("other").images())).isEqualTo("cow");
        assertThat(test("other").description()).isEqualTo("test, 1 class of other data than the run's");
    }

    @Test
    void folders_that_put_a_trained_class_into_the_test_are_refused() {
        draw("other/train", "hen", 101);
        draw("other/test", "cow", 0);
        draw("other/test", "class6", 60);
        assertThat(load("data").train().className(0)).isEqualTo("class0");
        assertThatThrownBy(() -> test("other"))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "classes of test must not be trained on, but 1 of 2 were, such as cow: give the data as they"
                                + " were in training, or train anew");
        assertThat(classes(known.part(load("other"), Split.TRAIN).images())).isEqualTo("hen");
    }

    @Test
    void a_damaged_record_is_named() {
        assertThatThrownBy(() -> KnownClasses.parse("classes.txt", "TRAIN abc cat"))
                .hasMessage(
                        "classes.txt must have lines \"TRAIN DIGEST NAME\", got \"TRAIN abc cat\": get the run's file"
                                + " again");
    }
}
