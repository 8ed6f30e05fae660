package io.fewshot4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitListsTest {
    private static final Map<String, Split> EXPECTED =
            Map.of("a", Split.TRAIN, "b, c", Split.VALIDATION, "d", Split.TEST);

    @TempDir
    private Path folder;

    @Test
    void one_file_says_each_class_s_split() throws IOException {
        Path file = Files.writeString(folder.resolve("s.csv"), "class,split\r\na,train\nb, c,val\n\nd,test\n");
        assertThat(SplitLists.read(file)).isEqualTo(EXPECTED);
    }

    @Test
    void three_lists_name_classes_one_by_one() throws IOException {
        Files.writeString(folder.resolve("train.txt"), "a\n");
        Files.writeString(folder.resolve("val.csv"), "filename,label\n1.png,b\n2.png,b\n");
        Files.writeString(folder.resolve("test.txt"), "d");
        assertThat(SplitLists.read(folder)).isEqualTo(Map.of("a", Split.TRAIN, "b", Split.VALIDATION, "d", Split.TEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,later|with split train, val or test, got \"a,later\"",
                "a|got \",a\"",
                "a,train/a,test|a second split"
            })
    void a_wrong_line_is_named(String lines, String words) throws IOException {
        Path file = Files.writeString(folder.resolve("s.csv"), lines.replace('/', '\n'));
        assertThatThrownBy(() -> SplitLists.read(file))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("s.csv")
                .hasMessageContaining(words);
    }

    @Test
    void an_absent_list_is_named() {
        assertThatThrownBy(() -> SplitLists.read(folder)).hasMessageContaining("lacks train.txt or train.csv");
        assertThatThrownBy(() -> SplitLists.read(folder.resolve("none"))).hasMessageContaining("cannot be read");
    }

    @Test
    void an_image_folder_is_divided_by_a_split_file() throws IOException {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            TestImages.write(folder.resolve("data").resolve(name).resolve("1.png"), TestImages.flat(name.charAt(0)));
        }
        Path file = Files.writeString(folder.resolve("s.csv"), "a,test\nb,train\nc,val\n");

        SplitDataset data = load(file);

        assertThat(data.test().className(0)).isEqualTo("a");
        assertThat(data.train().className(0)).isEqualTo("b");
        assertThat(data.validation().className(0)).isEqualTo("c");
        Files.writeString(file, "a,test\nB,train\n");
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("names 1 classes that data lacks, such as B; it has, among others, b");
    }

    private SplitDataset load(Path splitFile) {
        ImageFolderSettings settings =
                new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0.2, 0.2, 1, splitFile.toString(), 1, 0);
        return ImageFolder.load(
                folder.resolve("data"), settings, new PackedCache(folder.resolve("cache")), DecodeProgress.silent());
    }
}
