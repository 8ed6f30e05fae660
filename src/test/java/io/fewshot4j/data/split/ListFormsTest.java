package io.fewshot4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The forms that lists of classes and of images have. */
class ListFormsTest {
    @TempDir
    private Path folder;

    /**
     * Reads a cell of the table, in which "/" divides lines and "~" folders, ">" is a tab, "^" escape, and U+FFFE the
     * byte-order mark.
     */
    private static String text(String lines) {
        return lines.replace('/', '\n')
                .replace('~', '/')
                .replace('>', '\t')
                .replace('^', '\u001b')
                .replace('\uFFFE', '\uFEFF');
    }

    private static String read(Path file) {
        if (String.valueOf(file.getFileName()).equals("i.csv")) {
            return ImageRows.read(ListFile.read(file)).stream()
                    .map(row -> row.file() + "=" + row.label())
                    .collect(Collectors.joining(" "));
        }
        return SplitLists.read(file).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "lists.csv",
            delimiter = '|',
            emptyValue = "",
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false)
    void a_list_is_read_or_refused(String name, String file, String lines, String expected, String message)
            throws IOException {
        Path list = Files.writeString(folder.resolve(file), text(lines));
        if (message == null) {
            assertThat(read(list)).isEqualTo(expected);
        } else {
            assertThatThrownBy(() -> read(list))
                    .isInstanceOf(FewShotException.class)
                    .hasMessageContaining(message)
                    .message()
                    .doesNotContain("\n", "\u001b");
        }
    }

    @Test
    void a_list_in_utf_16_is_read_and_one_in_neither_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("s.csv"), "\uFEFFé,train\nb,test\n".getBytes(StandardCharsets.UTF_16LE));
        assertThat(read(file)).isEqualTo("b=TEST é=TRAIN");
        Files.write(file, "é,train\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(file)).hasMessage(file + " must be a text in UTF-8: save it so");
    }

    @Test
    void lists_of_a_closer_look_name_the_classes_that_their_labels_use() throws IOException {
        String all = "\"label_names\": [\"a\", \"b\", \"c\"]";
        Files.writeString(folder.resolve("base.json"), "{" + all + ", \"image_names\": [], \"image_labels\": [0, 0]}");
        Files.writeString(folder.resolve("val.json"), "{" + all + ", \"image_labels\": [1]}");
        Files.writeString(folder.resolve("novel.json"), "{" + all + ", \"image_labels\": [2]}");
        assertThat(read(folder)).isEqualTo("a=TRAIN b=VALIDATION c=TEST");
        Files.writeString(folder.resolve("novel.json"), "{" + all + ", \"image_labels\": [3]}");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("must have image_labels from 0 to 2, got 3");
    }

    @Test
    void training_and_test_lists_alone_are_enough() throws IOException {
        Files.writeString(folder.resolve("Train.csv"), "Filename,Label\n1.png,a\n2.png,a\n");
        Files.writeString(folder.resolve("test.txt"), "b/1.png\nb/2.png\n");
        assertThat(read(folder)).isEqualTo("a=TRAIN b=TEST");
    }

    @Test
    void two_lists_for_one_split_are_refused() throws IOException {
        for (String name : List.of("train.csv", "base.txt", "test.csv")) {
            Files.writeString(folder.resolve(name), "a\n");
        }
        assertThatThrownBy(() -> read(folder))
                .hasMessageContaining("has two for one split: base.txt and train.csv; remove one");
    }
}
