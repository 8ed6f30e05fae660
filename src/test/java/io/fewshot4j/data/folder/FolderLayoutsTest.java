package io.fewshot4j.data.folder;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The ways in which users lay out their folders of images. */
class FolderLayoutsTest {
    @TempDir
    private Path folder;

    private static String classes(ImageDataset data) {
        return IntStream.range(0, data.classCount()).mapToObj(data::className).collect(Collectors.joining(" "));
    }

    private SplitDataset load(String settings) {
        int levels = settings.contains("class-levels=2") ? 2 : 1;
        int least = settings.contains("skip-small-classes=2") ? 2 : 0;
        return ImageFolder.load(
                folder.resolve("data"),
                new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0.2, 0.2, 1, "", levels, least),
                new PackedCache(folder.resolve("cache")),
                DecodeProgress.silent());
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "layouts.csv", delimiter = '|', nullValues = "none", emptyValue = "")
    void a_layout_is_read_or_refused(
            String name, String files, String settings, String train, String validation, String test, String message)
            throws IOException {
        for (String file : files.split(" ", -1)) {
            Path path = folder.resolve("data").resolve(file);
            if (file.endsWith("/")) {
                Files.createDirectories(path);
            } else {
                TestImages.write(path, TestImages.flat(Math.abs(file.hashCode() % 256)));
            }
        }
        String given = settings == null ? "" : settings;
        if (message == null) {
            SplitDataset data = load(given);
            assertThat(classes(data.train())).isEqualTo(text(train));
            assertThat(classes(data.validation())).isEqualTo(text(validation));
            assertThat(classes(data.test())).isEqualTo(text(test));
        } else {
            assertThatThrownBy(() -> load(given))
                    .isInstanceOf(FewShotException.class)
                    .hasMessageContaining(message);
        }
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }
}
