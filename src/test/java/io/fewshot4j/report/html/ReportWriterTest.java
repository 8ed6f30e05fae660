package io.fewshot4j.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.report.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    @TempDir
    Path folder;

    @Test
    void the_folder_has_the_page_and_the_same_figures_as_json_and_csv() throws IOException {
        Path page = ReportWriter.write(folder.resolve("a/report"), SampleRun.report(20));

        assertThat(page).isEqualTo(folder.resolve("a/report/index.html"));
        assertThat(names(folder.resolve("a/report")))
                .containsExactly("accuracy-by-step.csv", "episodes.csv", "history.csv", "index.html", "report.json");
    }

    @Test
    void an_older_report_is_replaced() throws IOException {
        Files.writeString(folder.resolve("index.html"), "old");

        ReportWriter.write(folder, SampleRun.report(20));

        assertThat(folder.resolve("index.html")).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_named_in_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> ReportWriter.write(file, SampleRun.report(20)))
                .isInstanceOf(FewShotException.class)
                .hasMessage("cannot write " + file + ": " + file
                        + " is a file, not a folder; name another, or free space if its disk is full");
    }

    @Test
    void a_file_that_cannot_be_replaced_leaves_nothing_behind() throws IOException {
        Files.createDirectories(folder.resolve("episodes.csv/in the way"));

        assertThatThrownBy(() -> ReportWriter.write(folder, SampleRun.report(20)))
                .isInstanceOf(FewShotException.class);

        assertThat(names(folder)).containsExactly("accuracy-by-step.csv", "episodes.csv", "history.csv");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
