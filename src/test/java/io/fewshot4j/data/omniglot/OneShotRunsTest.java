package io.fewshot4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.data.image.TestImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneShotRunsTest {
    private static final ImageDecoder DECODER =
            new ImageDecoder(new ImageShape(4, 4, 1), Resize.SMOOTH, Fit.SQUASH, false);

    @TempDir
    private Path folder;

    /**
     * Two runs of two classes: item 1 is of class 2 and item 2 of class 1; a class's images have grey 10 * run + class.
     */
    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int run = 1; run <= 2; run++) {
            StringBuilder labels = new StringBuilder();
            for (int item = 1; item <= 2; item++) {
                String test = "run0" + run + "/test/item0" + item + ".png";
                String training = "run0" + run + "/training/class0" + (3 - item) + ".png";
                labels.append(test).append(' ').append(training).append('\n');
                files.put(test, TestImages.flat(100 + 10 * run + 3 - item));
                files.put(training, TestImages.flat(10 * run + 3 - item));
            }
            files.put("run0" + run + "/class_labels.txt", labels.toString().getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private OneShotRuns read(Map<String, byte[]> files) {
        return OneShotRuns.read(TestImages.zip(folder.resolve("runs.zip"), files), DECODER);
    }

    @Test
    void labels_pair_each_test_image_with_its_class() {
        OneShotRuns runs = read(files());

        assertThat(runs.names()).containsExactly("run01", "run02");
        assertThat(runs.way()).isEqualTo(2);
        int second = runs.classes().get(1).get(0);
        assertThat(runs.images().className(second)).isEqualTo("run02/class01");
        assertThat(TestImages.read(runs.images(), second, OneShotRuns.SUPPORT)).containsOnly(21);
        assertThat(TestImages.read(runs.images(), second, OneShotRuns.QUERY)).containsOnly(121);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run01/test/item01.png|must have lines",
                "run01/training/class01.png run01/test/item01.png|must have lines",
                "run01/test/item09.png run01/training/class01.png|names run01/test/item09.png, which is not there",
                "run01/test/item01.png run01/training/class01.png|run02 must have 1 classes"
            })
    void wrong_labels_are_named(String labels, String words) {
        Map<String, byte[]> files = files();
        files.put("run01/class_labels.txt", labels.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(files))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining(words);
    }

    @Test
    void other_archives_are_refused() {
        assertThatThrownBy(() -> read(Map.of("a/1.png", TestImages.flat(1))))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("holds no runNN/class_labels.txt");
    }

    @Test
    void a_run_whose_labels_are_empty_or_missing_is_not_passed_over() {
        Map<String, byte[]> files = files();
        files.put("run02/class_labels.txt", new byte[0]);
        assertThatThrownBy(() -> read(files)).hasMessageContaining("run02/class_labels.txt is empty: get it again");
        files.remove("run02/class_labels.txt");
        assertThatThrownBy(() -> read(files))
                .hasMessageContaining("is not whole: run02 has images but no class_labels.txt; get it again");
    }

    @Test
    void the_published_runs_are_20_of_20_classes() {
        Path zip = Path.of(System.getProperty("fewshot4j.shared", "../shared"), "data/omniglot/one-shot-all_runs.zip");
        assumeTrue(Files.exists(zip), "absent: " + zip);
        OneShotRuns runs = OneShotRuns.read(zip, OmniglotSettings.defaults().decoder());

        assertThat(runs.names()).hasSize(20);
        assertThat(runs.way()).isEqualTo(20);
        assertThat(runs.images().classCount()).isEqualTo(400);
    }
}
