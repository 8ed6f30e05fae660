package io.fewshot4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
    @TempDir
    Path folder;

    private Path part(Path file) {
        return file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    }

    @Test
    void a_full_disk_is_told_as_such_and_leaves_the_old_file() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "absent: /dev/full");
        Path file = folder.resolve("answers.csv");
        WholeFiles.write(file, "old");
        Files.createSymbolicLink(part(file), Path.of("/dev/full"));

        assertThatThrownBy(() -> WholeFiles.write(file, "new"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("cannot write " + file
                        + ": No space left on device; name another, or free space if its disk is" + " full");

        assertThat(file).hasContent("old");
        assertThat(part(file)).doesNotExist();
    }

    @Test
    void a_folder_of_files_that_is_a_file_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("report"), "");

        assertThatThrownBy(() -> WholeFiles.write(file, Map.of("index.html", "")))
                .isInstanceOf(FewShotException.class)
                .hasMessage("cannot write " + file + ": " + file
                        + " is a file, not a folder; name another, or free space if its" + " disk is full");
    }
}
