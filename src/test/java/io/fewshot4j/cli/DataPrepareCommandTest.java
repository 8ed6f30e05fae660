package io.fewshot4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.cli.console.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataPrepareCommandTest {
    @TempDir
    private Path folder;

    /** Three classes of two images, and lists that name both. */
    private Path source() throws IOException {
        OwnImages drawings = new OwnImages(folder.resolve("drawings"));
        Files.createDirectory(folder.resolve("lists"));
        List<String> splits = List.of("train", "val", "test");
        for (int c = 0; c < splits.size(); c++) {
            drawings.write("c", c, 0, 2);
            String name = "n0000000" + c;
            Path into = Files.createDirectories(folder.resolve("ilsvrc").resolve(name));
            for (int i = 0; i < 2; i++) {
                Files.copy(
                        drawings.folder().resolve("c/c" + c + "-" + i + ".png"),
                        into.resolve(name + "_" + (i + 5) + ".JPEG"));
            }
            Files.writeString(
                    folder.resolve("lists").resolve(splits.get(c) + ".csv"),
                    "filename,label\n" + name + "00000001.jpg," + name + "\n" + name + "00000002.jpg," + name + "\n");
        }
        return folder.resolve("ilsvrc");
    }

    private CommandRun prepare(Path source) throws ParseException {
        return CommandRun.of(
                new DataPrepareCommand(),
                "mini-imagenet",
                "--from",
                source,
                "--lists",
                folder.resolve("lists"),
                "--to",
                folder.resolve("out"));
    }

    @Test
    void classes_are_counted_with_their_checksums() throws IOException, ParseException {
        CommandRun run = prepare(source());

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("decoding: 6 images");
        assertThat(run.out())
                .contains("6 images of 3 classes (train 1, validation 1, test 1) in " + folder.resolve("out"))
                .contains("next: fewshot4j data info");
        assertThat(folder.resolve("out/report.csv"))
                .content()
                .startsWith("class,split,images,sha256,unreadable\nn00000000,train,2,")
                .hasLineCount(4);
        assertThat(CommandRun.of(new DataInfoCommand(), folder.resolve("out"), "--json")
                        .json()
                        .get("kind")
                        .asText())
                .isEqualTo("mini-imagenet");
    }

    @Test
    void an_unreadable_image_is_named_and_the_command_fails() throws IOException, ParseException {
        Path source = source();
        Path broken = Files.writeString(source.resolve("n00000001/n00000001_5.JPEG"), "no image");

        CommandRun run = prepare(source);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("left out: " + broken);
        assertThat(folder.resolve("out/report.csv")).content().contains("n00000001,validation,1,", broken.toString());
    }

    @Test
    void other_data_sets_are_not_prepared() {
        assertThatThrownBy(() -> CommandRun.of(new DataPrepareCommand(), "omniglot", "--from", "a", "--to", "b"))
                .isInstanceOf(ParseException.class)
                .hasMessage("the data set must be mini-imagenet, got \"omniglot\"");
    }
}
