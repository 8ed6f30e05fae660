package io.fewshot4j.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.store.PackedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in image folders that are no plain images with plain names. */
class FilesInFoldersTest {
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

    private void assertRefused(String message) {
        assertThatThrownBy(this::load).isInstanceOf(FewShotException.class).hasMessageContaining(message);
    }

    @Test
    void a_pipe_with_the_name_of_an_image_is_refused() throws IOException, InterruptedException {
        draw("cat/1.png");
        Path pipe = root().resolve("cat/x.png");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertRefused("cat/x.png is no file but a pipe, socket or device: remove it");
        assertThatThrownBy(() -> UnlabelledImages.read(pipe, SMALL.decoder(), DecodeProgress.silent()))
                .hasMessage(pipe + " is neither a folder nor a file: give a folder or a zip archive of images");
    }

    @ParameterizedTest
    @CsvSource({"a\u001b[31mb, a?[31mb, control characters", "a\uFFFDb, a?b, this locale cannot read"})
    void a_name_that_is_no_text_is_refused(String name, String shown, String words) {
        Path zip = TestImages.zip(folder.resolve("x.zip"), Map.of(name + "/1.png", TestImages.flat(1)));
        assertThatThrownBy(() -> load(zip, SMALL))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("the name " + shown + "/1.png in ")
                .hasMessageContaining(words)
                .message()
                .doesNotContain("\u001b");
    }

    @Test
    void an_image_that_is_replaced_at_the_same_length_and_time_is_read_anew() throws IOException {
        draw("train/cat/1.png", "test/dog/1.png");
        Path image = root().resolve("train/cat/1.png");
        TestImages.write(image, TestImages.flat(78));
        byte[] old = TestImages.read(load().train(), 0, 0);
        byte[] other = TestImages.flat(77);
        assertThat(other).hasSameSizeAs(Files.readAllBytes(image));
        FileTime time = Files.getLastModifiedTime(image);
        Files.write(image, other);
        Files.setLastModifiedTime(image, time);
        assertThat(old).containsOnly(78);
        assertThat(TestImages.read(load().train(), 0, 0)).containsOnly(77);
    }

    @Test
    void files_that_are_left_out_are_told_by_ending() {
        draw("train/cat/1.png", "test/dog/1.png");
        for (String name : List.of("a.heic", "b.HEIC", "c.txt", "LICENSE")) {
            TestImages.write(root().resolve("train/cat").resolve(name), new byte[1]);
        }
        List<String> notes = new ArrayList<>();
        ImageFolder.read(root().resolve("train"), SMALL.decoder(), new DecodeProgress() {
            @Override
            public void decoded(int done, int total) {}

            @Override
            public void note(String message) {
                notes.add(message);
            }
        });
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("left out 4 files (2 .heic, 1 .txt, 1 without ending) that are no PNG");
    }
}
